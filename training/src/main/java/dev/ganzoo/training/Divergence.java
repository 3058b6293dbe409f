package dev.ganzoo.training;

import dev.ganzoo.training.run.Checkpoints;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.Map;

/** Refuses losses and weights that are NaN or infinite, and says where to go on from. */
final class Divergence {
    private final Checkpoints checkpoints;

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

    private TrainingDivergedException diverged(String what, double found, long step) throws IOException {
        String last = checkpoints
                .latest()
                .map(checkpoint -> "the last good checkpoint is " + checkpoint.folder())
                .orElse("there is no checkpoint before it");
        return new TrainingDivergedException(
                "%s must be finite, got %s at step %d; %s".formatted(what, found, step, last));
    }
}
