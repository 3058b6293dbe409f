package dev.ganzoo.zoo.attack;

import java.util.Arrays;

/** One run of {@link Apgd} from given points. */
final class AdaptiveAscent {
    private static final double MOMENTUM = 0.75;
    private static final double ENOUGH_INCREASES = 0.75;

    private final AttackBatch batch;
    private final Apgd settings;
    private final double epsilon;

    private final float[][] points;
    private final float[][] previous;
    private final float[][] gradients;
    private final double[] values;
    private final double[] step;

    private final float[][] best;
    private final float[][] bestGradients;
    private final double[] bestValues;
    /** The latest point of each image that succeeded; null until one does. */
    private final float[][] successes;

    private final int[] increases;
    private final double[] bestAtCheckpoint;
    private final boolean[] halvedAtCheckpoint;

    AdaptiveAscent(AttackBatch batch, Apgd settings, float[][] start) {
        int size = batch.size();
        this.batch = batch;
        this.settings = settings;
        this.epsilon = Amounts.epsilon(settings.epsilon(), settings.norm());
        this.points = start;
        this.previous = Vectors.copy(start);
        this.gradients = new float[size][];
        this.values = new double[size];
        this.step = new double[size];
        this.best = Vectors.copy(start);
        this.bestGradients = new float[size][];
        this.bestValues = new double[size];
        this.successes = new float[size][];
        this.increases = new int[size];
        this.bestAtCheckpoint = new double[size];
        this.halvedAtCheckpoint = new boolean[size];
        Arrays.fill(bestValues, Double.NEGATIVE_INFINITY);
        Arrays.fill(step, 2 * epsilon);
        // The first checkpoint has none before it to compare the best loss with.
        Arrays.fill(halvedAtCheckpoint, true);
    }

    /** The last point of each image that succeeded, else the one of the largest loss. */
    float[][] run(int[] active) {
        int[] moving = evaluate(active);
        for (int i : moving) {
            bestAtCheckpoint[i] = bestValues[i];
        }
        Arrays.fill(increases, 0);
        int interval = part(0.22);
        int sinceCheckpoint = 0;
        for (int s = 0; s < settings.steps() && moving.length > 0; s++) {
            for (int i : moving) {
                move(i, s == 0 ? 1 : MOMENTUM);
            }
            moving = evaluate(moving);
            if (++sinceCheckpoint == interval) {
                for (int i : moving) {
                    checkpoint(i, interval);
                }
                sinceCheckpoint = 0;
                interval = Math.max(interval - part(0.03), part(0.06));
            }
        }
        for (int i : active) {
            best[i] = successes[i] != null ? successes[i] : best[i];
        }
        return best;
    }

    private int part(double fraction) {
        return Math.max(1, (int) (fraction * settings.steps()));
    }

    /** Looks where the points are; returns those that go on. */
    private int[] evaluate(int[] moving) {
        Answers answers = batch.gradient(moving, points, batch.objective(settings.loss(), moving));
        for (int i : moving) {
            double value = answers.values()[i];
            increases[i] += value > values[i] ? 1 : 0;
            values[i] = value;
            gradients[i] = answers.gradients()[i];
            if (value > bestValues[i]) {
                bestValues[i] = value;
                best[i] = points[i].clone();
                bestGradients[i] = gradients[i];
            }
            if (batch.succeeded(i, answers.logits()[i])) {
                successes[i] = points[i].clone();
            }
        }
        return settings.earlyStop() ? Vectors.keep(moving, i -> successes[i] == null) : moving;
    }

    /** x + weight · (z − x) + (1 − weight) · (x − previous x), where z is the ordinary step; both projected. */
    private void move(int i, double weight) {
        float[] x = points[i];
        float[] z = x.clone();
        settings.norm().step(z, gradients[i], step[i]);
        confine(z, i);
        float[] next = new float[x.length];
        for (int j = 0; j < x.length; j++) {
            next[j] = (float) (x[j] + weight * (z[j] - x[j]) + (1 - weight) * (x[j] - previous[i][j]));
        }
        confine(next, i);
        previous[i] = x;
        points[i] = next;
    }

    private void confine(float[] point, int i) {
        settings.norm().project(point, batch.original(i), epsilon);
        Vectors.clamp(point);
    }

    private void checkpoint(int i, int interval) {
        boolean fewIncreases = increases[i] <= ENOUGH_INCREASES * interval;
        boolean stuck = !halvedAtCheckpoint[i] && bestAtCheckpoint[i] >= bestValues[i];
        halvedAtCheckpoint[i] = fewIncreases || stuck;
        bestAtCheckpoint[i] = bestValues[i];
        increases[i] = 0;
        if (halvedAtCheckpoint[i]) {
            step[i] /= 2;
            points[i] = best[i].clone();
            gradients[i] = bestGradients[i];
        }
    }
}
