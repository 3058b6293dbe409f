package dev.ganzoo.zoo.classifier;

import dev.ganzoo.zoo.tensor.Tensor;

/**
 * A classifier in plain double arithmetic with a gradient by hand: {@code w2 · relu(w1 · x + b1) + b2}, or linear where
 * there is no second layer.
 */
public final class MlpNetwork implements ClassifierNetwork {
    private final ImageShape shape;
    private final double[][] w1;
    private final double[] b1;
    private final double[][] w2;
    private final double[] b2;
    private final boolean differentiable;

    private MlpNetwork(
            ImageShape shape, double[][] w1, double[] b1, double[][] w2, double[] b2, boolean differentiable) {
        this.shape = shape;
        this.w1 = w1;
        this.b1 = b1;
        this.w2 = w2;
        this.b2 = b2;
        this.differentiable = differentiable;
    }

    public static MlpNetwork linear(ImageShape shape, double[][] weights, double[] bias) {
        return new MlpNetwork(shape, weights, bias, null, null, true);
    }

    public static MlpNetwork of(ImageShape shape, Tensor w1, Tensor b1, Tensor w2, Tensor b2) {
        return new MlpNetwork(shape, matrix(w1), matrix(b1)[0], matrix(w2), matrix(b2)[0], true);
    }

    /** This network as one without gradients. */
    public MlpNetwork withoutGradient() {
        return new MlpNetwork(shape, w1, b1, w2, b2, false);
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int classes() {
        return w2 == null ? b1.length : b2.length;
    }

    @Override
    public boolean differentiable() {
        return differentiable;
    }

    @Override
    public Tensor logits(Tensor images) {
        int count = images.shape()[0];
        Tensor logits = Tensor.zeros(count, classes());
        for (int n = 0; n < count; n++) {
            double[] z = w2 == null ? hidden(images, n) : times(w2, relu(hidden(images, n)), b2);
            for (int k = 0; k < z.length; k++) {
                logits.data()[n * z.length + k] = (float) z[k];
            }
        }
        return logits;
    }

    @Override
    public Evaluation gradient(Tensor images, Objective objective) {
        if (!differentiable) {
            throw new UnsupportedOperationException("no gradient");
        }
        Tensor logits = logits(images);
        int count = images.shape()[0];
        Tensor values = Tensor.zeros(count);
        Tensor gradient = Tensor.zeros(images.shape());
        double[][] cotangents = objective.cotangents(logits);
        double[] of = objective.values(logits);
        for (int n = 0; n < count; n++) {
            values.data()[n] = (float) of[n];
            double[] back = cotangents[n];
            if (w2 != null) {
                double[] hidden = hidden(images, n);
                back = transposed(w2, back);
                for (int h = 0; h < back.length; h++) {
                    back[h] = hidden[h] > 0 ? back[h] : 0;
                }
            }
            double[] pixels = transposed(w1, back);
            for (int j = 0; j < pixels.length; j++) {
                gradient.data()[n * pixels.length + j] = (float) pixels[j];
            }
        }
        return new Evaluation(logits, values, gradient);
    }

    private double[] hidden(Tensor images, int n) {
        int values = shape.values();
        double[] x = new double[values];
        for (int j = 0; j < values; j++) {
            x[j] = images.data()[n * values + j];
        }
        return times(w1, x, b1);
    }

    private static double[] relu(double[] values) {
        double[] positive = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            positive[i] = Math.max(0, values[i]);
        }
        return positive;
    }

    private static double[] times(double[][] matrix, double[] vector, double[] bias) {
        double[] product = bias.clone();
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    private static double[] transposed(double[][] matrix, double[] vector) {
        double[] product = new double[matrix[0].length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < product.length; j++) {
                product[j] += matrix[i][j] * vector[i];
            }
        }
        return product;
    }

    private static double[][] matrix(Tensor tensor) {
        int[] extents = tensor.shape();
        int columns = extents[extents.length - 1];
        double[][] matrix = new double[tensor.size() / columns][columns];
        for (int i = 0; i < tensor.size(); i++) {
            matrix[i / columns][i % columns] = tensor.data()[i];
        }
        return matrix;
    }
}
