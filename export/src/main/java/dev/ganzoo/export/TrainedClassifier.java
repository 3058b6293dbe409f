package dev.ganzoo.export;

import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.architecture.ClassHead;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.MetricsFile;
import dev.ganzoo.zoo.run.Parts;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * The classifier of a training run, with what is known about it.
 *
 * @param run where it was trained
 * @param checkpoint of that run
 * @param origin which network of the run it is
 * @param network with its weights, on images in [-1, 1]
 */
record TrainedClassifier(TrainedRun run, Checkpoint checkpoint, Origin origin, Graph network) {
    /** Which network it is: what its card says of that, and what a checkpoint has of it. */
    enum Origin {
        /** What the run was for. */
        CLASSIFIER("image", "logits", null),
        /** The moving average of that. */
        AVERAGE("image", "logits_ema", null),
        /** A discriminator that tells classes. */
        DISCRIMINATOR(
                "real_image",
                ClassHead.OUTPUT,
                "The discriminator that learned with a generator, as a classifier. Its probabilities are those of each"
                        + " class given that the image is real.");

        private final String images;
        private final String logits;
        private final String description;

        Origin(String images, String logits, String description) {
            this.images = images;
            this.logits = logits;
            this.description = description;
        }
    }

    /** Of a run that trained a classifier. */
    static TrainedClassifier of(TrainedRun run, Checkpoint checkpoint, boolean averaged) throws IOException {
        Graph classifier = run.networks().classifier();
        String part = averaged ? Parts.averageOf(classifier.name()) : classifier.name();
        return new TrainedClassifier(
                run, checkpoint, averaged ? Origin.AVERAGE : Origin.CLASSIFIER, run.bind(classifier, checkpoint, part));
    }

    /**
     * Of a run that trained a generator against a discriminator which tells classes.
     *
     * @throws IllegalArgumentException if that tells none
     */
    static TrainedClassifier ofDiscriminator(TrainedRun run, Checkpoint checkpoint) throws IOException {
        Graph discriminator = run.networks().discriminator();
        Graph told = ClassHead.classifier(discriminator, run.labels().size())
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s must have a discriminator that tells classes, but it gives only %s; export the generator"
                                .formatted(
                                        run.files().folder(),
                                        String.join(
                                                ", ", discriminator.outputs().keySet()))));
        return new TrainedClassifier(
                run, checkpoint, Origin.DISCRIMINATOR, run.bind(told, checkpoint, discriminator.name()));
    }

    /** What {@link #packaged} needs to be written. */
    record Writing(ClassifierPackage contents, ClassifierPackage.Original original) {
        ModelPackage write(Path place) throws IOException {
            return contents.write(place, original).model();
        }
    }

    Writing packaged(String name, UnaryOperator<CardBuilder> details, WeightPrecision precision, Target target)
            throws IOException {
        ClassifierPackage contents = new ClassifierPackage(
                details.apply(card(name)), network, Normalization.SYMMETRIC, null, precision, target, files(), true);
        return new Writing(contents, original());
    }

    private ClassifierPackage.Original original() throws IOException {
        Safetensors golden = checkpoint.read(Parts.GOLDEN);
        try {
            return new ClassifierPackage.Original(golden.tensor(origin.images), golden.tensor(origin.logits));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s: %s; checkpoints that this version writes have it"
                            .formatted(checkpoint.file(Parts.GOLDEN), e.getMessage()),
                    e);
        }
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Path mean = run.files().meanImage();
        if (Files.exists(mean)) {
            files.put(ModelPackage.MEAN_IMAGE, Files.readAllBytes(mean));
        }
        return files;
    }

    private CardBuilder card(String name) throws IOException {
        Shape image = network.inputs().get(0).shape();
        CardBuilder card = ModelCard.classifier(name)
                .dataset(run.dataset())
                .labels(run.labels())
                .image(image.extent(1), image.extent(2), image.extent(3))
                .provenance(run.provenance(checkpoint, origin == Origin.AVERAGE));
        if (origin.description != null) {
            card.description(origin.description);
        }
        OptionalDouble accuracy = run.files().metrics().value(MetricsFile.TEST_ACCURACY, checkpoint.step());
        return accuracy.isEmpty()
                ? card
                : card.quality(
                        "accuracy",
                        accuracy.getAsDouble(),
                        null,
                        Map.of("images", run.dataset() + " test", "by", "training"));
    }
}
