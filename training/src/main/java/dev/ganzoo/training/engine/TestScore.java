package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The summed loss of some images, and how many were told right. */
record TestScore(double lossSum, int right, int images) {
    private static final int BATCH = 250;

    /** Something that tells classes. */
    interface Classifier {
        /** Logits (N, classes) of images (N, C, H, W) in [−1, 1], owned by {@code scope}. */
        NDArray logits(NDManager scope, Tensor images);

        /** The mean loss of logits for one-hot rows. */
        NDArray loss(NDManager scope, NDArray logits, Tensor classWeights);
    }

    /** The score of a batch. */
    static TestScore of(NDArray meanLoss, NDArray logits, Tensor classWeights) {
        int images = classWeights.shape()[0];
        int right = Labels.agreements(NetworkValues.download(logits), classWeights);
        return new TestScore(meanLoss.getFloat() * (double) images, right, images);
    }

    /** Loss and accuracy over all of {@code test}; the quality is the accuracy. */
    static Training.Evaluation evaluate(Dataset test, NDManager manager, Classifier classifier) {
        TestScore sum = new TestScore(0, 0, 0);
        for (int from = 0; from < test.size(); from += BATCH) {
            int[] samples =
                    IntStream.range(from, Math.min(from + BATCH, test.size())).toArray();
            Tensor classWeights =
                    Labels.oneHot(test.labels(samples), test.classNames().size());
            try (NDManager scope = manager.newSubManager()) {
                NDArray logits = classifier.logits(scope, test.images(samples));
                sum = sum.plus(of(classifier.loss(scope, logits, classWeights), logits, classWeights));
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(StepReport.TEST_LOSS, sum.loss());
        metrics.put(StepReport.TEST_ACCURACY, sum.accuracy());
        return new Training.Evaluation(metrics, sum.accuracy(), StepReport.TEST_ACCURACY);
    }

    private TestScore plus(TestScore other) {
        return new TestScore(lossSum + other.lossSum, right + other.right, images + other.images);
    }

    /** The mean loss. */
    double loss() {
        return lossSum / images;
    }

    /** The part that was told right. */
    double accuracy() {
        return (double) right / images;
    }
}
