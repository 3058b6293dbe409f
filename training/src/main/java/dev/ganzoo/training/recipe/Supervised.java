package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.training.augmentation.Augmentation;
import dev.ganzoo.training.loss.ClassificationLoss;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.json.RecordJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One classifier from labelled images, each changed at random before every look.
 *
 * @param objective what is wanted of the logits
 * @param schedule epochs, batches and learning rates
 * @param augmentation how images are changed
 * @param labels how many of them there are
 */
public record Supervised(
        ClassificationLoss objective, EpochSchedule schedule, Augmentation augmentation, Labelling labels)
        implements Procedure {
    private static final String SCHEDULE = "schedule";
    private static final String AUGMENTATION = "augmentation";
    private static final String LABELS = "labels";

    /** A procedure that is complete. */
    public Supervised {
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(schedule, SCHEDULE);
        Objects.requireNonNull(augmentation, AUGMENTATION);
        Objects.requireNonNull(labels, LABELS);
    }

    /** The same with all labels. */
    public Supervised(ClassificationLoss objective, EpochSchedule schedule, Augmentation augmentation) {
        this(objective, schedule, augmentation, Labelling.ALL);
    }

    @Override
    public Map<String, Record> sections() {
        Map<String, Record> sections = new LinkedHashMap<>();
        sections.put(SCHEDULE, schedule);
        sections.put(AUGMENTATION, augmentation);
        sections.put(LABELS, labels);
        return sections;
    }

    @Override
    public Procedure with(Function<String, ObjectNode> section) {
        return new Supervised(
                objective,
                RecordJson.read(SCHEDULE, section.apply(SCHEDULE), EpochSchedule.class),
                RecordJson.read(AUGMENTATION, section.apply(AUGMENTATION), Augmentation.class),
                RecordJson.read(LABELS, section.apply(LABELS), Labelling.class));
    }

    @Override
    public void requireFit(Networks<?> networks, int classes) {
        networks.classifier();
    }

    @Override
    public Map<String, String> idle(Networks<?> networks, DataSpec data) {
        Map<String, String> idle = Procedure.super.idle(networks, data);
        boolean grey = data.channels() == 1;
        if (grey && augmentation.saturation() > 0) {
            idle.put("saturation", "saturation must be 0 where images are grey");
        }
        if (grey && augmentation.hue() > 0) {
            idle.put("hue", "hue must be 0 where images are grey");
        }
        return idle;
    }

    @Override
    public long steps(int images) {
        return schedule.epochs() * stepsPerEpoch(images);
    }

    @Override
    public long imagesPerStep() {
        return schedule.batch();
    }

    @Override
    public OptionalInt imageSize(Networks<?> networks) {
        return OptionalInt.empty();
    }

    @Override
    public boolean measuredOnTest(Networks<?> networks) {
        return true;
    }

    @Override
    public <R> R read(Reading<R> reading) {
        return reading.supervised(this);
    }
}
