package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.classifier.Softmax;

/**
 * What the network makes of an image at some point of an attack.
 *
 * @param prediction the likeliest class
 * @param probabilities of each class, by softmax
 * @param leavesLabel whether the prediction is not the label
 * @param leavesPrediction whether the prediction is not that of the image before the attack
 * @param reachesTarget whether the prediction is the target; false where there is none
 * @param linf the largest change of a value from the image before the attack
 * @param l2 the Euclidean length of the change
 */
public record Outcome(
        int prediction,
        float[] probabilities,
        boolean leavesLabel,
        boolean leavesPrediction,
        boolean reachesTarget,
        double linf,
        double l2) {
    static Outcome of(float[] logits, int label, int target, int cleanPrediction, float[] delta) {
        int prediction = Vectors.largest(logits);
        return new Outcome(
                prediction,
                softmax(logits),
                prediction != label,
                prediction != cleanPrediction,
                target >= 0 && prediction == target,
                Norm.LINF.of(delta),
                Norm.L2.of(delta));
    }

    /** The size of the change. */
    public double norm(Norm norm) {
        return norm == Norm.LINF ? linf : l2;
    }

    /** The probability of the prediction. */
    public float confidence() {
        return probabilities[prediction];
    }

    private static float[] softmax(float[] logits) {
        double[] exact = Softmax.probabilities(logits, 0, logits.length);
        float[] probabilities = new float[exact.length];
        for (int k = 0; k < exact.length; k++) {
            probabilities[k] = (float) exact[k];
        }
        return probabilities;
    }
}
