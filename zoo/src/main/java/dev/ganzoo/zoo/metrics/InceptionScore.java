package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.classifier.Softmax;
import dev.ganzoo.zoo.random.Randomness;
import java.util.Arrays;

/**
 * The exponential of the mean of KL(p(y|x) ‖ p(y)) (Salimans et al. 2016, section 4), with Inception's logits the inception
 * score: from 1, where the classes say nothing about the image, to the number of classes, where each image is surely of one
 * class and all classes are equally frequent. It compares generated images with no real ones.
 */
public final class InceptionScore {
    /** As in the paper. */
    public static final int SPLITS = 10;

    private InceptionScore() {}

    /**
     * Shuffles the rows, divides them into equal parts, and gives mean and standard deviation of the parts' scores.
     *
     * @param logits (N, classes), before the softmax
     * @param splits in 1..N; {@link #SPLITS} by custom
     * @param seed of the shuffling
     */
    public static Score of(Features logits, int splits, long seed) {
        int[] order = RandomRows.choose(
                logits.rows(),
                logits.rows(),
                Randomness.of(seed).forPurpose("inception score").at(0));
        return ofOrder(logits, order, splits);
    }

    static Score ofOrder(Features logits, int[] order, int splits) {
        if (splits < 1 || splits > order.length) {
            throw new IllegalArgumentException(
                    "splits must be in 1..%d, the number of images, got %d".formatted(order.length, splits));
        }
        double[] scores = new double[splits];
        for (int i = 0; i < splits; i++) {
            int from = (int) ((long) i * order.length / splits), to = (int) ((i + 1L) * order.length / splits);
            scores[i] = ofPart(logits, Arrays.copyOfRange(order, from, to));
        }
        return Score.of(scores);
    }

    private static double ofPart(Features logits, int[] rows) {
        int classes = logits.width();
        double[] marginal = new double[classes];
        // KL(p ‖ q) is the negative entropy of p, less the sum of p log q.
        double divergence = 0;
        for (int row : rows) {
            double[] logProbabilities = Softmax.logarithms(logits.values(), row * classes, (row + 1) * classes);
            for (int k = 0; k < classes; k++) {
                double probability = Math.exp(logProbabilities[k]);
                marginal[k] += probability / rows.length;
                divergence += probability * logProbabilities[k] / rows.length;
            }
        }
        for (double probability : marginal) {
            divergence -= probability > 0 ? probability * Math.log(probability) : 0;
        }
        return Math.exp(divergence);
    }
}
