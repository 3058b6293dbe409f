package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;

/** The best of several attempts at each image: one that succeeds, else that of the largest loss. */
final class Best {
    private final AttackBatch batch;
    private final float[][] points;
    private final boolean[] succeeded;
    private final double[] values;

    Best(AttackBatch batch) {
        this.batch = batch;
        this.points = batch.originals();
        this.succeeded = new boolean[batch.size()];
        this.values = new double[batch.size()];
        Arrays.fill(values, Double.NEGATIVE_INFINITY);
    }

    /** Takes what is better than what was there, at the cost of one query for each image. */
    void offer(int[] active, float[][] attempt, Loss loss) {
        float[][] logits = batch.logits(active, attempt);
        for (int i : active) {
            Objective objective = batch.objective(loss, new int[] {i});
            double value = objective.values(Tensor.of(logits[i], 1, logits[i].length))[0];
            boolean success = batch.succeeded(i, logits[i]);
            if (success && !succeeded[i] || success == succeeded[i] && value > values[i]) {
                points[i] = attempt[i];
                succeeded[i] = success;
                values[i] = value;
            }
        }
    }

    boolean succeeded(int i) {
        return succeeded[i];
    }

    /** The best of each image; the original where nothing was offered. */
    float[][] points() {
        return points;
    }
}
