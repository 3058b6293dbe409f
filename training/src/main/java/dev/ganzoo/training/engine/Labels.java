package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.tensor.Tensor;

/** Class numbers as rows, and back. */
final class Labels {
    private Labels() {}

    /** One row (N, classes) a label, with a one in its column. */
    static Tensor oneHot(int[] labels, int classes) {
        Tensor rows = Tensor.zeros(labels.length, classes);
        for (int i = 0; i < labels.length; i++) {
            rows.data()[i * classes + labels[i]] = 1;
        }
        return rows;
    }

    /** How many rows (N, classes) have their largest value, the first of equals, in the same column. */
    static int agreements(Tensor a, Tensor b) {
        int classes = a.shape()[1];
        int agreements = 0;
        for (int row = 0; row < a.shape()[0]; row++) {
            if (largest(a, row, classes) == largest(b, row, classes)) {
                agreements++;
            }
        }
        return agreements;
    }

    private static int largest(Tensor rows, int row, int classes) {
        int best = 0;
        for (int column = 1; column < classes; column++) {
            if (rows.data()[row * classes + column] > rows.data()[row * classes + best]) {
                best = column;
            }
        }
        return best;
    }
}
