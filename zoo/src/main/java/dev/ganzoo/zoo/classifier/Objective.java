package dev.ganzoo.zoo.classifier;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is differentiated: for each image of a batch, a weighted sum of losses and of logits. With logits {@code z}, a
 * label {@code y}, a target {@code t}, and {@code p1, p2, …} the classes by falling logit:
 *
 * <pre>
 * objective = w[0] · cross entropy(z, y)
 *           + w[1] · (max over i ≠ y of z[i] − z[y])                                           margin
 *           + w[2] · −(z[y] − max over i ≠ y of z[i]) / (z[p1] − z[p3] + 1e-12)                DLR
 *           + w[3] · −(z[y] − z[t]) / (z[p1] − (z[p3] + z[p4]) / 2 + 1e-12)                    targeted DLR
 *           + Σ over k of logitWeights[k] · z[k]
 * </pre>
 *
 * <p>The difference-of-logits ratios are those of Croce and Hein 2020. Immutable; its tensors are not to be written.
 *
 * @param labelWeights {@code (N, K)}: one at the label, else zero (all zero where no loss needs a label)
 * @param targetWeights {@code (N, K)}: one at the target, else zero (all zero where no loss needs a target)
 * @param lossWeights {@code (N, 4)}: cross entropy, margin, DLR, targeted DLR
 * @param logitWeights {@code (N, K)}
 */
public record Objective(Tensor labelWeights, Tensor targetWeights, Tensor lossWeights, Tensor logitWeights) {
    /** The number of losses, and of columns of {@link #lossWeights}. */
    public static final int LOSSES = 4;

    private static final int CROSS_ENTROPY = 0;
    private static final int MARGIN = 1;
    private static final int DLR = 2;
    private static final int TARGETED_DLR = 3;

    /** @throws IllegalArgumentException if the shapes do not fit each other */
    public Objective {
        int[] shape = labelWeights.shape();
        if (shape.length != 2
                || !Arrays.equals(shape, targetWeights.shape())
                || !Arrays.equals(shape, logitWeights.shape())
                || !Arrays.equals(lossWeights.shape(), new int[] {shape[0], LOSSES})) {
            throw new IllegalArgumentException(
                    "weights of an objective must have shapes (N, K), (N, K), (N, 4), (N, K), got %s, %s, %s, %s"
                            .formatted(
                                    Arrays.toString(shape),
                                    Arrays.toString(targetWeights.shape()),
                                    Arrays.toString(lossWeights.shape()),
                                    Arrays.toString(logitWeights.shape())));
        }
    }

    /** The cross entropy of each image with its label. */
    public static Objective crossEntropy(int classes, int... labels) {
        return loss(CROSS_ENTROPY, classes, labels, null);
    }

    /** By how much the best other logit exceeds the label's: positive where the label is not predicted. */
    public static Objective margin(int classes, int... labels) {
        return loss(MARGIN, classes, labels, null);
    }

    /**
     * The difference-of-logits ratio.
     *
     * @throws IllegalArgumentException if there are fewer than 3 classes
     */
    public static Objective dlr(int classes, int... labels) {
        atLeast(3, classes, "DLR");
        return loss(DLR, classes, labels, null);
    }

    /**
     * The difference-of-logits ratio between label and target: increases towards the target.
     *
     * @throws IllegalArgumentException if there are fewer than 4 classes
     */
    public static Objective targetedDlr(int classes, int[] labels, int[] targets) {
        atLeast(4, classes, "targeted DLR");
        return loss(TARGETED_DLR, classes, labels, Objects.requireNonNull(targets, "targets"));
    }

    /** One logit of each image. */
    public static Objective logit(int classes, int... which) {
        return logits(oneHot(classes, which));
    }

    /** Any linear function of the logits, {@code (N, K)}. */
    public static Objective logits(Tensor weights) {
        int count = weights.shape()[0];
        int classes = weights.shape()[1];
        Tensor none = Tensor.zeros(count, classes);
        return new Objective(none, none, Tensor.zeros(count, LOSSES), weights);
    }

    /** The opposite: to be increased where this is to be decreased. */
    public Objective negated() {
        return times(-1);
    }

    /** All of it multiplied by {@code factor}. */
    public Objective times(float factor) {
        float[] factors = new float[count()];
        Arrays.fill(factors, factor);
        return timesEach(factors);
    }

    /** The objective of image {@code n} multiplied by {@code factors[n]}. */
    public Objective timesEach(float[] factors) {
        return new Objective(
                labelWeights, targetWeights, scaleRows(lossWeights, factors), scaleRows(logitWeights, factors));
    }

    /** The number of images, N. */
    public int count() {
        return labelWeights.shape()[0];
    }

    /** The number of classes, K. */
    public int classes() {
        return labelWeights.shape()[1];
    }

    /**
     * The value for each image, computed in double arithmetic.
     *
     * @param logits {@code (N, K)}
     */
    public double[] values(Tensor logits) {
        double[] values = new double[count()];
        for (int n = 0; n < values.length; n++) {
            values[n] = row(n, logits).value();
        }
        return values;
    }

    /**
     * The derivative of each image's value with respect to its logits, computed in double arithmetic.
     *
     * @param logits {@code (N, K)}
     * @return by image, then class
     */
    public double[][] cotangents(Tensor logits) {
        double[][] cotangents = new double[count()][];
        for (int n = 0; n < cotangents.length; n++) {
            cotangents[n] = row(n, logits).cotangent();
        }
        return cotangents;
    }

    /** A matrix {@code (labels.length, classes)} with a one in each row, at the label. */
    public static Tensor oneHot(int classes, int... labels) {
        Tensor weights = Tensor.zeros(labels.length, classes);
        for (int n = 0; n < labels.length; n++) {
            if (labels[n] < 0 || labels[n] >= classes) {
                throw new IllegalArgumentException("labels must be in 0..%d, got %d".formatted(classes - 1, labels[n]));
            }
            weights.data()[n * classes + labels[n]] = 1;
        }
        return weights;
    }

    private ObjectiveRow row(int n, Tensor logits) {
        if (!Arrays.equals(logits.shape(), labelWeights.shape())) {
            throw new IllegalArgumentException("logits must have shape %s, got %s"
                    .formatted(Arrays.toString(labelWeights.shape()), Arrays.toString(logits.shape())));
        }
        return new ObjectiveRow(
                doubles(logits, n),
                doubles(labelWeights, n),
                doubles(targetWeights, n),
                doubles(lossWeights, n),
                doubles(logitWeights, n));
    }

    private static Objective loss(int which, int classes, int[] labels, int[] targets) {
        Tensor losses = Tensor.zeros(labels.length, LOSSES);
        for (int n = 0; n < labels.length; n++) {
            losses.data()[n * LOSSES + which] = 1;
        }
        Tensor none = Tensor.zeros(labels.length, classes);
        return new Objective(oneHot(classes, labels), targets == null ? none : oneHot(classes, targets), losses, none);
    }

    private static void atLeast(int least, int classes, String loss) {
        if (classes < least) {
            throw new IllegalArgumentException(
                    "%s needs at least %d classes, got %d; use cross entropy".formatted(loss, least, classes));
        }
    }

    private static Tensor scaleRows(Tensor matrix, float[] factors) {
        int count = matrix.shape()[0];
        if (factors.length != count) {
            throw new IllegalArgumentException("factors must be %d, got %d".formatted(count, factors.length));
        }
        float[] scaled = matrix.data().clone();
        int width = matrix.shape()[1];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factors[i / width];
        }
        return new Tensor(matrix.shape(), scaled);
    }

    private static double[] doubles(Tensor matrix, int row) {
        int width = matrix.shape()[1];
        double[] values = new double[width];
        for (int i = 0; i < width; i++) {
            values[i] = matrix.data()[row * width + i];
        }
        return values;
    }
}
