package dev.ganzoo.clients.cli;

import dev.ganzoo.training.evaluation.ClassificationAccuracy;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.DatasetLoader;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.evaluate.EvaluationListener;
import dev.ganzoo.zoo.evaluate.EvaluationReport;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Classification accuracy scores as a part of {@code ganzoo evaluate}: they need training. */
final class ClassificationScores {
    /** Their name among metrics. */
    static final String NAME = "cas";

    @Option(
            names = "--cas-set",
            paramLabel = "NAME=VALUE",
            description = "Any setting of the classifiers of cas; see ganzoo recipes cifar10-classifier.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /**
     * Measures.
     *
     * @param real a dataset with both splits
     * @param count how many images to learn from; null for as many as there are in train
     */
    EvaluationReport measure(
            ImageSource samples,
            DatasetLoader real,
            Integer count,
            long seed,
            Device device,
            LoadOptions loading,
            EvaluationListener listener)
            throws IOException {
        LoadOptions options = samples.shape()
                .map(shape -> loading.size(shape.height()).channels(shape.channels()))
                .orElse(loading);
        Dataset train = real.load(Split.TRAIN, options);
        Dataset test = real.load(Split.TEST, options);
        ImageSource fitted = samples.shape().isPresent()
                ? samples
                : samples.fitted(new ImageShape(train.channels(), train.height(), train.width()));
        int images = count == null ? Math.min(train.size(), samples.size()) : count;
        return ClassificationAccuracy.small(seed, device).with(settings).measure(fitted, images, train, test, listener);
    }

    /** Both reports in one. */
    static EvaluationReport together(EvaluationReport first, EvaluationReport second) {
        var scores = new ArrayList<>(first.scores());
        scores.addAll(second.scores());
        return new EvaluationReport(first.samples(), first.against(), scores, List.copyOf(first.kept()));
    }
}
