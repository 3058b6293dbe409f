package dev.ganzoo.zoo.attack;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Arithmetic on images as flat arrays. */
final class Vectors {
    private Vectors() {}

    static float[] difference(float[] a, float[] b) {
        float[] difference = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    /** {@code point += factor · direction}. */
    static void add(float[] point, double factor, float[] direction) {
        for (int i = 0; i < point.length; i++) {
            point[i] = (float) (point[i] + factor * direction[i]);
        }
    }

    /** Into [0, 1]. */
    static void clamp(float[] point) {
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.max(0, Math.min(1, point[i]));
        }
    }

    static double absoluteSum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /** The index of the largest value; the first of equals. */
    static int largest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    /** The largest value but for that at {@code index}. */
    static float largestOther(float[] values, int index) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            largest = i == index ? largest : Math.max(largest, values[i]);
        }
        return largest;
    }

    static int[] keep(int[] indices, IntPredicate condition) {
        return Arrays.stream(indices).filter(condition).toArray();
    }

    static float[][] copy(float[][] rows) {
        return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
    }
}
