package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * A random orthogonal matrix, uniformly distributed over all there are: normal vectors made orthonormal one after the other
 * (Gram and Schmidt), with the matrix of rows {@code shape[0]} and everything else as columns. If there are fewer rows than
 * columns, rows are orthonormal, else columns.
 */
final class OrthogonalMatrix {
    private OrthogonalMatrix() {}

    static Tensor sample(double gain, int[] shape, RandomGenerator random) {
        if (shape.length < 2) {
            throw new IllegalArgumentException("orthogonal initialisation needs at least 2 axes, got " + shape.length);
        }
        int rows = shape[0];
        int columns = Math.toIntExact(Tensor.count(shape) / rows);
        boolean lying = rows < columns;
        double[][] vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
        Tensor matrix = Tensor.zeros(shape);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = lying ? vectors[row][column] : vectors[column][row];
                matrix.data()[row * columns + column] = (float) (gain * value);
            }
        }
        return matrix;
    }

    private static double[][] orthonormal(int count, int length, RandomGenerator random) {
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++) {
            double[] vector = new double[length];
            for (int k = 0; k < length; k++) {
                vector[k] = random.nextGaussian();
            }
            for (int j = 0; j < i; j++) {
                add(vector, -product(vector, vectors[j]), vectors[j]);
            }
            scale(vector, 1 / Math.sqrt(product(vector, vector)));
            vectors[i] = vector;
        }
        return vectors;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static void add(double[] target, double factor, double[] vector) {
        for (int k = 0; k < target.length; k++) {
            target[k] += factor * vector[k];
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int k = 0; k < vector.length; k++) {
            vector[k] *= factor;
        }
    }
}
