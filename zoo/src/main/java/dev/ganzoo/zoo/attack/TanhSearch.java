package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.classifier.Objective;
import java.util.Arrays;

/** One run of {@link CarliniWagner}. */
final class TanhSearch {
    /** Keeps the hyperbolic tangent's argument finite at black and white. */
    private static final double INSIDE = 0.999999;

    private static final double PROGRESS = 0.9999;
    private static final double LARGEST_FACTOR = 1e10;

    private final AttackBatch batch;
    private final CarliniWagner settings;

    private final float[][] best;
    private final double[] bestSquares;

    TanhSearch(AttackBatch batch, CarliniWagner settings) {
        this.batch = batch;
        this.settings = settings;
        this.best = batch.originals();
        this.bestSquares = new double[batch.size()];
        Arrays.fill(bestSquares, Double.POSITIVE_INFINITY);
    }

    float[][] run() {
        int[] active = Vectors.keep(batch.all(), i -> !won(i, batch.cleanLogits(i)));
        double[] factor = new double[batch.size()];
        double[] low = new double[batch.size()];
        double[] high = new double[batch.size()];
        Arrays.fill(factor, settings.initial());
        Arrays.fill(high, LARGEST_FACTOR);
        for (int search = 0; search < settings.searches(); search++) {
            boolean[] succeeded = new Descent(active, factor).run();
            for (int i : active) {
                if (succeeded[i]) {
                    high[i] = Math.min(high[i], factor[i]);
                } else {
                    low[i] = Math.max(low[i], factor[i]);
                }
                factor[i] = high[i] < LARGEST_FACTOR ? (low[i] + high[i]) / 2 : factor[i] * 10;
            }
        }
        return best;
    }

    private boolean won(int i, float[] logits) {
        return batch.succeeded(i, logits) && batch.margin(i, logits) >= settings.confidence();
    }

    /** Adam for one c of each image, from the image itself. */
    private final class Descent {
        private final int[] active;
        private final double[] factor;
        private final double[][] argument;
        private final double[][] mean;
        private final double[][] square;
        private final boolean[] succeeded = new boolean[batch.size()];
        private final double[] lastLoss = new double[batch.size()];

        Descent(int[] active, double[] factor) {
            int values = batch.shape().values();
            this.active = active;
            this.factor = factor;
            this.argument = new double[batch.size()][values];
            this.mean = new double[batch.size()][values];
            this.square = new double[batch.size()][values];
            Arrays.fill(lastLoss, Double.POSITIVE_INFINITY);
            for (int i : active) {
                for (int j = 0; j < values; j++) {
                    double inside = (2 * (double) batch.original(i)[j] - 1) * INSIDE;
                    argument[i][j] = 0.5 * Math.log((1 + inside) / (1 - inside));
                }
            }
        }

        boolean[] run() {
            int[] moving = active;
            int check = Math.max(1, settings.steps() / 10);
            for (int s = 0; s < settings.steps() && moving.length > 0; s++) {
                float[][] points = points(moving);
                Objective objective = batch.objective(Loss.MARGIN, moving);
                Answers answers = batch.gradient(moving, points, objective);
                double[] losses = new double[batch.size()];
                for (int i : moving) {
                    losses[i] = step(i, s + 1, points[i], answers);
                }
                if (s % check == 0) {
                    moving = Vectors.keep(moving, i -> losses[i] <= lastLoss[i] * PROGRESS);
                    for (int i : moving) {
                        lastLoss[i] = losses[i];
                    }
                }
            }
            return succeeded;
        }

        private float[][] points(int[] moving) {
            float[][] points = new float[batch.size()][];
            for (int i : moving) {
                points[i] = new float[argument[i].length];
                for (int j = 0; j < points[i].length; j++) {
                    points[i][j] = (float) (0.5 * Math.tanh(argument[i][j]) + 0.5);
                }
            }
            return points;
        }

        /** Notes what {@code point} achieves and moves on from it; returns its loss. */
        private double step(int i, int time, float[] point, Answers answers) {
            float[] delta = Vectors.difference(point, batch.original(i));
            double squares = Math.pow(Norm.L2.of(delta), 2);
            float[] logits = answers.logits()[i];
            if (won(i, logits)) {
                succeeded[i] = true;
                if (squares < bestSquares[i]) {
                    bestSquares[i] = squares;
                    best[i] = point;
                }
            }
            double margin = batch.margin(i, logits);
            boolean pulls = margin < settings.confidence();
            for (int j = 0; j < point.length; j++) {
                double tangent = 2 * (double) point[j] - 1;
                double slope = 2 * delta[j] - (pulls ? factor[i] * answers.gradients()[i][j] : 0);
                adam(i, j, time, slope * 0.5 * (1 - tangent * tangent));
            }
            return squares + factor[i] * Math.max(-margin, -settings.confidence());
        }

        private void adam(int i, int j, int time, double slope) {
            mean[i][j] = 0.9 * mean[i][j] + 0.1 * slope;
            square[i][j] = 0.999 * square[i][j] + 0.001 * slope * slope;
            double unbiasedMean = mean[i][j] / (1 - Math.pow(0.9, time));
            double unbiasedSquare = square[i][j] / (1 - Math.pow(0.999, time));
            argument[i][j] -= settings.rate() * unbiasedMean / (Math.sqrt(unbiasedSquare) + 1e-8);
        }
    }
}
