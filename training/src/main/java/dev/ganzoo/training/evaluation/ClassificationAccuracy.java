package dev.ganzoo.training.evaluation;

import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.engine.Trainings;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.DatasetBuilder;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.evaluate.EvaluationListener;
import dev.ganzoo.zoo.evaluate.EvaluationReport;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.model.ModelCard.Quality;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Classification accuracy scores: how many held-out real images a classifier tells right that learned from generated ones
 * only (Ravuri and Vinyals 2019), and how many generated images one tells right that learned from real ones.
 *
 * <p>The first falls with whatever of a class the generator leaves out or confuses; the second with images that are not
 * recognisable, and not with missing variety. Beside them stands what the second classifier tells right of the held-out
 * images, which no generator can be expected to reach.
 *
 * <p>The classifier is the recipe {@code cifar10-classifier} at a small size, the weights after the last epoch (their moving
 * average, if the settings keep one). Its settings are part of the protocol: other ones give other scores.
 *
 * @param settings changes of the recipe, as behind {@code --set}
 * @param seed of the classifiers
 * @param device where they are trained
 */
public record ClassificationAccuracy(Map<String, String> settings, long seed, Device device) {
    /** The part of held-out real images that a classifier trained on generated ones tells right. */
    public static final String SCORE = "cas";

    /** The part of generated images that a classifier trained on real ones tells right. */
    public static final String REVERSE = "cas-reverse";

    /** The part of held-out real images that a classifier trained on real ones tells right. */
    public static final String REAL = "cas-real";

    /** The size at which it takes minutes on two CPU cores. */
    public static final Map<String, String> SMALL = Map.of(
            "width", "32",
            "epochs", "10",
            "learningRate", "2e-3",
            "warmupEpochs", "1",
            "decay", "cosine",
            "milestones", "",
            "weightDecay", "0.05");

    private static final int PIECE = 250;

    /** Copies the settings. */
    public ClassificationAccuracy {
        settings = Map.copyOf(settings);
    }

    /** With the settings of {@link #SMALL}. */
    public static ClassificationAccuracy small(long seed, Device device) {
        return new ClassificationAccuracy(SMALL, seed, device);
    }

    /** These settings, where they are said, and the present ones else. */
    public ClassificationAccuracy with(Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(changes);
        return new ClassificationAccuracy(all, seed, device);
    }

    /**
     * Trains two classifiers and counts.
     *
     * @param generated labelled images, at least {@code count}
     * @param count how many of them, and of {@code train}, to learn from
     * @param train real images
     * @param test held-out real images, of the classes and the shape of {@code train}
     * @throws IllegalArgumentException if classes or shapes are not the same, there are too few images, or a setting is
     *     not one
     * @throws IOException if generated images cannot be read
     */
    public EvaluationReport measure(
            ImageSource generated, int count, Dataset train, Dataset test, EvaluationListener listener)
            throws IOException {
        check(generated, count, train, test);
        Dataset made = collect(generated, count, train, listener);
        Dataset real = train.limit(count);
        List<Double> ofMade = accuracies("learning from generated images", made, List.of(test), listener);
        List<Double> ofReal = accuracies("learning from real images", real, List.of(made, test), listener);
        Map<String, String> protocol = protocol(generated, made, real, test);
        List<Quality> scores = List.of(
                new Quality(SCORE, ofMade.get(0), null, trained(protocol, "samples", "held-out real images")),
                new Quality(REVERSE, ofReal.get(0), null, trained(protocol, "real images", "samples")),
                new Quality(REAL, ofReal.get(1), null, trained(protocol, "real images", "held-out real images")));
        return new EvaluationReport(generated.name(), train.name(), scores, List.of());
    }

    private static void check(ImageSource generated, int count, Dataset train, Dataset test) {
        if (!generated.classNames().equals(train.classNames())
                || !train.classNames().equals(test.classNames())) {
            throw new IllegalArgumentException("classes must be the same, got %s of %s, %s of %s and %s of %s"
                    .formatted(
                            generated.classNames(),
                            generated.name(),
                            train.classNames(),
                            train,
                            test.classNames(),
                            test));
        }
        int there = Math.min(generated.size(), train.size());
        if (count < 1 || count > there) {
            throw new IllegalArgumentException(
                    "samples of cas must be in 1..%d, the images of either side, got %d".formatted(there, count));
        }
    }

    private static Dataset collect(ImageSource source, int count, Dataset like, EvaluationListener listener)
            throws IOException {
        DatasetBuilder images = Dataset.named(source.name()).classes(source.classNames());
        for (int from = 0; from < count; from += PIECE) {
            listener.progress("samples to learn from", from, count);
            int index = from;
            for (Picture picture : source.pictures(from, Math.min(PIECE, count - from))) {
                images.add(source.classNames().get(source.label(index++)), picture);
            }
        }
        listener.progress("samples to learn from", count, count);
        Dataset collected = images.build().withChannels(like.channels());
        if (collected.height() != like.height() || collected.width() != like.width()) {
            throw new IllegalArgumentException("images must be of one shape, got %s and %s".formatted(collected, like));
        }
        return collected;
    }

    /** Of a classifier trained on some images, on others. */
    private List<Double> accuracies(String what, Dataset train, List<Dataset> tests, EvaluationListener listener) {
        TrainingPlan plan = plan(train);
        try (Training training = Trainings.begin(plan, train, device)) {
            for (long step = 0; step < plan.steps(); step++) {
                listener.progress(what, step, plan.steps());
                training.step(step);
            }
            listener.progress(what, plan.steps(), plan.steps());
            List<Double> accuracies = new ArrayList<>();
            for (Dataset test : tests) {
                accuracies.add(training.evaluate(test).orElseThrow().metrics().get(StepReport.TEST_ACCURACY));
            }
            return accuracies;
        }
    }

    private TrainingPlan plan(Dataset train) {
        return TrainingPlan.of(Recipes.CIFAR10_CLASSIFIER, DataSpec.of(train.name(), train), seed)
                .with(settings);
    }

    private Map<String, String> protocol(ImageSource generated, Dataset made, Dataset real, Dataset test)
            throws IOException {
        Map<String, String> protocol = new LinkedHashMap<>();
        protocol.put("classifier", Recipes.CIFAR10_CLASSIFIER.name());
        protocol.put(
                "settings",
                plan(real).settings().entrySet().stream()
                        .map(setting -> setting.getKey() + " " + setting.getValue())
                        .collect(Collectors.joining(", ")));
        protocol.put("classifier seed", Long.toString(seed));
        protocol.put("samples", generated.name());
        protocol.put("sample images", Integer.toString(made.size()));
        protocol.putAll(generated.facts());
        protocol.put("samples sha256", generated.fingerprint());
        protocol.put("real", real.name() + " " + real.split());
        protocol.put("real images", Integer.toString(real.size()));
        protocol.put("real sha256", real.fingerprint());
        protocol.put("held-out", test.name() + " " + test.split());
        protocol.put("held-out images", Integer.toString(test.size()));
        protocol.put("held-out sha256", test.fingerprint());
        return protocol;
    }

    private static Map<String, String> trained(Map<String, String> protocol, String on, String testedOn) {
        Map<String, String> own = new LinkedHashMap<>(protocol);
        own.put("trained on", on);
        own.put("tested on", testedOn);
        return own;
    }
}
