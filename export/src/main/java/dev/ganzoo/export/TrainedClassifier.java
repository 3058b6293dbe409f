package dev.ganzoo.export;

import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.graph.rewrite.Weights;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The classifier of a training run, with what is known about it.
 *
 * @param run where it was trained
 * @param checkpoint of that run
 * @param averaged whether it is the moving average
 * @param network with its weights, on images in [-1, 1]
 */
record TrainedClassifier(TrainedRun run, TrainedCheckpoint checkpoint, boolean averaged, Graph network) {
    private static final String IMAGES = "image";
    private static final String LOGITS = "logits";
    private static final String TEST_ACCURACY = "accuracy/test";

    static TrainedClassifier of(TrainedRun run, TrainedCheckpoint checkpoint, boolean averaged) throws IOException {
        String file = averaged ? TrainedCheckpoint.AVERAGED_CLASSIFIER : TrainedCheckpoint.CLASSIFIER;
        Safetensors weights = checkpoint.read(file);
        try {
            Graph bound = Weights.bind(run.networks().classifier(), weights.tensors());
            return new TrainedClassifier(run, checkpoint, averaged, bound);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s must fit the architecture in recipe.json: %s"
                            .formatted(checkpoint.folder().resolve(file), e.getMessage()),
                    e);
        }
    }

    /** What {@link #packaged} needs to be written. */
    record Writing(ClassifierPackage contents, ClassifierPackage.Original original) {
        ModelPackage write(Path place) throws IOException {
            return contents.write(place, original).model();
        }
    }

    Writing packaged(String name, UnaryOperator<CardBuilder> details, WeightPrecision precision, Target target)
            throws IOException {
        Safetensors golden = checkpoint.read(TrainedCheckpoint.GOLDEN);
        ClassifierPackage.Original original = new ClassifierPackage.Original(
                golden.tensor(IMAGES), golden.tensor(averaged ? LOGITS + "_ema" : LOGITS));
        ClassifierPackage contents = new ClassifierPackage(
                details.apply(card(name)), network, Normalization.SYMMETRIC, null, precision, target, files(), true);
        return new Writing(contents, original);
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Path mean = run.folder().resolve(ModelPackage.MEAN_IMAGE);
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
                .provenance(new ModelCard.Provenance(
                        run.recipeName(),
                        run.hyperparameters(),
                        checkpoint.step(),
                        averaged,
                        checkpoint.hours(),
                        checkpoint.machine(),
                        run.data()));
        Double accuracy = run.metric(TEST_ACCURACY, checkpoint.step());
        return accuracy == null
                ? card
                : card.quality("accuracy", accuracy, null, Map.of("images", run.dataset() + " test", "by", "training"));
    }
}
