package dev.ganzoo.zoo.tensor;

import java.util.Arrays;

/**
 * A dense float32 array with a shape, row-major: the currency between rooms (weights, latents, images, golden samples).
 *
 * <p>The array is shared, not copied; whoever holds a tensor treats it as read-only.
 *
 * @param shape the extent of each axis, all ≥ 0; empty for a scalar
 * @param data as many values as the product of {@code shape}
 */
public record Tensor(int[] shape, float[] data) {
    /** @throws IllegalArgumentException if the number of values is not the product of the shape */
    public Tensor {
        if (count(shape) != data.length) {
            throw new IllegalArgumentException("tensor of shape %s must have %d values, got %d"
                    .formatted(Arrays.toString(shape), count(shape), data.length));
        }
    }

    /** A tensor of the given shape over {@code data}. */
    public static Tensor of(float[] data, int... shape) {
        return new Tensor(shape, data);
    }

    /** All zeros. */
    public static Tensor zeros(int... shape) {
        return new Tensor(shape, new float[Math.toIntExact(count(shape))]);
    }

    /** The number of values. */
    public int size() {
        return data.length;
    }

    /** The number of values in a tensor of {@code shape}. */
    public static long count(int... shape) {
        long count = 1;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("tensor extents must be ≥ 0, got " + Arrays.toString(shape));
            }
            count = Math.multiplyExact(count, extent);
        }
        return count;
    }

    /** Equal shapes and bit-for-bit equal values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
