package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.random.Randomness;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Arithmetic of tests. */
final class Vectors {
    private Vectors() {}

    static float[] gaussian(String purpose, int size) {
        RandomGenerator random = Randomness.of(5).forPurpose(purpose).at(0);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** In [0.1, 0.9]. */
    static float[] pixels(String purpose, int size) {
        RandomGenerator random = Randomness.of(5).forPurpose(purpose).at(0);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (0.1 + 0.8 * random.nextDouble());
        }
        return values;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    static int sum(int... values) {
        return Arrays.stream(values).sum();
    }

    /** The central difference of {@code function} at {@code point} along {@code direction}. */
    static double derivative(ToDoubleFunction<float[]> function, float[] point, float[] direction, double h) {
        float[] ahead = point.clone(), behind = point.clone();
        for (int i = 0; i < point.length; i++) {
            ahead[i] += (float) (h * direction[i]);
            behind[i] -= (float) (h * direction[i]);
        }
        return (function.applyAsDouble(ahead) - function.applyAsDouble(behind)) / (2 * h);
    }
}
