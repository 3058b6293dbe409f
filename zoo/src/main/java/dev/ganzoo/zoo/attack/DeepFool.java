package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The nearest decision boundary of the network as if it were linear, again and again until the prediction changes
 * (Moosavi-Dezfooli, Fawzi and Frossard 2016). Seeks the smallest perturbation, and has no ε.
 *
 * @param norm that is to be small
 * @param steps how many at most
 * @param candidates how many of the likeliest classes are looked at, at the cost of a gradient each
 * @param overshoot by which fraction to go beyond the boundary
 */
public record DeepFool(Norm norm, int steps, int candidates, double overshoot) implements Attack {
    /** Beyond the linear boundary, lest rounding leave the point on it (the original's 1e-4). */
    private static final double BEYOND = 1e-4;

    /** @throws InvalidRequestException if an option is out of range */
    public DeepFool {
        Amounts.checkAtLeast("steps", 1, steps);
        Amounts.checkAtLeast("candidates", 2, candidates);
        Amounts.checkAtLeast("overshoot", 0, overshoot);
    }

    @Override
    public String name() {
        return "deepfool";
    }

    @Override
    public String description() {
        return "to the nearest boundary of the linearised network (Moosavi-Dezfooli, Fawzi and Frossard 2016)";
    }

    @Override
    public boolean minimizesNorm() {
        return true;
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        int[][] candidates =
                Arrays.stream(batch.all()).mapToObj(i -> candidates(batch, i)).toArray(int[][]::new);
        float[][] points = batch.originals();
        float[][] total = new float[batch.size()][batch.shape().values()];
        int[] active = Vectors.keep(batch.all(), i -> !batch.succeeded(i, batch.cleanLogits(i)));
        float[][] logits =
                Arrays.stream(batch.all()).mapToObj(batch::cleanLogits).toArray(float[][]::new);
        for (int s = 0; s < steps && active.length > 0; s++) {
            Hyperplane[] nearest = nearest(batch, active, points, logits, candidates);
            for (int i : active) {
                nearest[i].cross(norm, total[i]);
                points[i] = batch.original(i).clone();
                Vectors.add(points[i], 1 + overshoot, total[i]);
                Vectors.clamp(points[i]);
            }
            float[][] now = batch.logits(active, points);
            active = Vectors.keep(active, i -> !batch.succeeded(i, now[i]));
            logits = now;
        }
        return points;
    }

    /** The classes that image {@code i} may go to: the likeliest, or the target. */
    private int[] candidates(AttackBatch batch, int i) {
        if (batch.targeted()) {
            return new int[] {batch.target(i)};
        }
        float[] logits = batch.cleanLogits(i);
        return IntStream.range(0, logits.length)
                .boxed()
                .filter(k -> k != batch.label(i))
                .sorted(Comparator.comparingDouble(k -> -logits[k]))
                .limit(candidates - 1L)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Hyperplane[] nearest(
            AttackBatch batch, int[] active, float[][] points, float[][] logits, int[][] candidates) {
        Hyperplane[] nearest = new Hyperplane[batch.size()];
        for (int c = 0; c < candidates[0].length; c++) {
            Tensor weights = Tensor.zeros(active.length, batch.classes());
            for (int a = 0; a < active.length; a++) {
                int i = active[a];
                weights.data()[a * batch.classes() + candidates[i][c]] += 1;
                weights.data()[a * batch.classes() + from(batch, i, logits[i])] -= 1;
            }
            Answers answers = batch.gradient(active, points, Objective.logits(weights));
            for (int i : active) {
                Hyperplane candidate = new Hyperplane(Math.abs(answers.values()[i]), answers.gradients()[i]);
                if (nearest[i] == null || candidate.distance(norm) < nearest[i].distance(norm)) {
                    nearest[i] = candidate;
                }
            }
        }
        return nearest;
    }

    /** The class to leave: the label, or on the way to a target whichever is predicted. */
    private static int from(AttackBatch batch, int i, float[] logits) {
        return batch.targeted() ? Vectors.largest(logits) : batch.label(i);
    }

    /** Where a difference of two logits would be zero if it were linear. */
    private record Hyperplane(double difference, float[] gradient) {
        /** Infinite where the difference does not depend on the image. */
        double distance(Norm norm) {
            double slope = slope(norm);
            return slope == 0 ? Double.POSITIVE_INFINITY : difference / slope;
        }

        void cross(Norm norm, float[] delta) {
            double slope = slope(norm);
            if (slope > 0) {
                norm.step(delta, gradient, (difference + BEYOND) / slope);
            }
        }

        /** How fast the difference changes along the norm's steepest direction of length one. */
        private double slope(Norm norm) {
            return norm == Norm.L2 ? Norm.L2.of(gradient) : Vectors.absoluteSum(gradient);
        }
    }
}
