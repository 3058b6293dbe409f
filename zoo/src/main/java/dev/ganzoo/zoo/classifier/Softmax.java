package dev.ganzoo.zoo.classifier;

import java.util.Arrays;

/** Probabilities of classes from their logits, in double, of any size without overflow. All methods are pure functions. */
public final class Softmax {
    private Softmax() {}

    /** {@code exp zₖ / Σ exp zᵢ} for the logits {@code z} from {@code from} to before {@code to}. */
    public static double[] probabilities(float[] logits, int from, int to) {
        return Arrays.stream(logarithms(logits, from, to)).map(Math::exp).toArray();
    }

    /** {@code zₖ - log Σ exp zᵢ} for the logits {@code z} from {@code from} to before {@code to}. */
    public static double[] logarithms(float[] logits, int from, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = from; k < to; k++) {
            largest = Math.max(largest, logits[k]);
        }
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += Math.exp(logits[k] - largest);
        }
        double[] logarithms = new double[to - from];
        for (int k = from; k < to; k++) {
            logarithms[k - from] = logits[k] - largest - Math.log(sum);
        }
        return logarithms;
    }
}
