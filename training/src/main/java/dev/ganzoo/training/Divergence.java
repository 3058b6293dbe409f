package dev.ganzoo.training;

import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.Map;

/** Refuses losses and weights that are NaN or infinite, and samples that have become the same; says where to go on from. */
final class Divergence {
    /** Untrained generators are below; generators of photographs come to more than 0.3. */
    private static final double DIVERSE = 0.1;

    private static final double COLLAPSED = 0.01;

    private final Checkpoints checkpoints;
    private double diversity;

    Divergence(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** @throws TrainingDivergedException if a metric of step {@code step} is not finite */
    void check(Map<String, Double> metrics, long step) throws IOException {
        for (Map.Entry<String, Double> metric : metrics.entrySet()) {
            if (!Double.isFinite(metric.getValue())) {
                throw diverged(metric.getKey(), metric.getValue(), step);
            }
        }
    }

    /**
     * Weights are checked beside losses: those of a step are computed before its update, which may be the one that breaks
     * the weights.
     *
     * @throws TrainingDivergedException if a value after step {@code step} is not finite
     */
    void checkState(Map<String, Map<String, Tensor>> state, long step) throws IOException {
        for (Map.Entry<String, Map<String, Tensor>> part : state.entrySet()) {
            for (Map.Entry<String, Tensor> tensor : part.getValue().entrySet()) {
                for (float value : tensor.getValue().data()) {
                    if (!Float.isFinite(value)) {
                        throw diverged(part.getKey() + " " + tensor.getKey(), value, step);
                    }
                }
            }
        }
    }

    /** How much samples differed when they differed most. */
    double diversity() {
        return diversity;
    }

    /** Goes on from what {@link #diversity} was. */
    void restore(double newDiversity) {
        diversity = newDiversity;
    }

    /**
     * Samples are diverse when pixels deviate from their mean over the images of a group, which may take a while at the start;
     * once they were, they must not become all the same.
     *
     * @param images (N, C, H, W), one group after the other
     * @param group how many images are a group: those that differ by nothing but their latents
     * @throws TrainingDivergedException if the images of step {@code step} have lost their differences
     */
    void checkSamples(Tensor images, int group, long step) throws IOException {
        double found = diversity(images, group);
        if (diversity >= DIVERSE && found < COLLAPSED) {
            throw diverged(
                    "differences between samples (%.2f before)".formatted(diversity), "must not vanish", found, step);
        }
        diversity = Math.max(diversity, found);
    }

    /** The standard deviation over the images of a group, mean over the values of an image and over the groups. */
    private static double diversity(Tensor images, int group) {
        int count = images.shape()[0];
        int values = images.size() / count;
        double sum = 0;
        for (int first = 0; first < count; first += group) {
            for (int i = 0; i < values; i++) {
                double mean = 0;
                double squares = 0;
                for (int image = first; image < first + group; image++) {
                    double value = images.data()[image * values + i];
                    mean += value / group;
                    squares += value * value / group;
                }
                sum += Math.sqrt(Math.max(0, squares - mean * mean));
            }
        }
        return sum * group / values / count;
    }

    private TrainingDivergedException diverged(String what, double found, long step) throws IOException {
        return diverged(what, "must be finite", found, step);
    }

    private TrainingDivergedException diverged(String what, String wanted, double found, long step) throws IOException {
        String last = checkpoints
                .latest()
                .map(checkpoint -> "the last good checkpoint is " + checkpoint.folder())
                .orElse("there is no checkpoint before it");
        return new TrainingDivergedException("%s %s, got %s at step %d; %s".formatted(what, wanted, found, step, last));
    }
}
