package dev.ganzoo.zoo.tensor;

import java.util.Arrays;

/**
 * An array of NumPy's in double, row-major. The array is shared, not copied; whoever holds it treats it as read-only.
 *
 * @param shape the extent of each axis, all ≥ 0; empty for a scalar
 * @param values as many as the product of {@code shape}
 */
public record NpyArray(int[] shape, double[] values) {
    /** @throws IllegalArgumentException if the number of values is not the product of the shape */
    public NpyArray {
        if (Tensor.count(shape) != values.length) {
            throw new IllegalArgumentException("array of shape %s must have %d values, got %d"
                    .formatted(Arrays.toString(shape), Tensor.count(shape), values.length));
        }
    }

    /** An array of the given shape over {@code values}. */
    public static NpyArray of(double[] values, int... shape) {
        return new NpyArray(shape, values);
    }
}
