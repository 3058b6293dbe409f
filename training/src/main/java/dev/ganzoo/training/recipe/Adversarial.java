package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.json.RecordJson;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A generator and a discriminator in turns (Goodfellow et al. 2014, algorithm 1).
 *
 * @param objective what the two want of each other
 * @param schedule steps, batches and learning rates
 */
public record Adversarial(Objective objective, Schedule schedule) implements Procedure {
    /** A procedure that is complete. */
    public Adversarial {
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(schedule, "schedule");
    }

    @Override
    public Map<String, Record> sections() {
        return Map.of("schedule", schedule);
    }

    @Override
    public Procedure with(Function<String, ObjectNode> section) {
        return new Adversarial(objective, RecordJson.read("schedule", section.apply("schedule"), Schedule.class));
    }

    @Override
    public long steps(int images) {
        return schedule.steps();
    }

    @Override
    public long imagesPerStep() {
        return (long) schedule.batch() * schedule.accumulation() * schedule.discriminatorSteps();
    }

    @Override
    public OptionalInt imageSize(Networks<?> networks) {
        return OptionalInt.of(networks.generator().output().shape().extent(2));
    }

    @Override
    public boolean measuredOnTest() {
        return false;
    }

    @Override
    public <R> R read(Reading<R> reading) {
        return reading.adversarial(this);
    }
}
