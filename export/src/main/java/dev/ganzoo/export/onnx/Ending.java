package dev.ganzoo.export.onnx;

import dev.ganzoo.zoo.classifier.Softmax;
import dev.ganzoo.zoo.tensor.Tensor;

/** What a network does with its logits before they come out. */
public enum Ending {
    /** Nothing. */
    NONE,

    /** Probabilities. */
    SOFTMAX,

    /** Logarithms of probabilities. */
    LOG_SOFTMAX;

    /** What comes out for these logits (N, K). */
    public Tensor apply(Tensor logits) {
        if (this == NONE) {
            return logits;
        }
        int classes = logits.shape()[1];
        float[] values = new float[logits.size()];
        for (int from = 0; from < values.length; from += classes) {
            double[] row = this == SOFTMAX
                    ? Softmax.probabilities(logits.data(), from, from + classes)
                    : Softmax.logarithms(logits.data(), from, from + classes);
            for (int k = 0; k < classes; k++) {
                values[from + k] = (float) row[k];
            }
        }
        return Tensor.of(values, logits.shape());
    }
}
