package dev.ganzoo.zoo.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a network made of images: one row of finite float32 numbers for each image.
 *
 * <p>The array is shared, not copied; whoever holds features treats it as read-only.
 *
 * @param values row by row, {@code rows × width} of them
 * @param rows the number of images, ≥ 0
 * @param width the number of features of an image, ≥ 1
 */
public record Features(float[] values, int rows, int width) {
    /** @throws IllegalArgumentException if the number of values is not rows × width, or a value is not finite */
    public Features {
        if (rows < 0 || width < 1 || values.length != (long) rows * width) {
            throw new IllegalArgumentException(
                    "features of %d rows and width %d must have rows >= 0, width >= 1 and %d values, got %d"
                            .formatted(rows, width, (long) rows * width, values.length));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("features must be finite, got %s in row %d, column %d"
                        .formatted(values[i], i / width, i % width));
            }
        }
    }

    /** Features over {@code values}, {@code rows × width} of them, row by row. */
    public static Features of(float[] values, int rows, int width) {
        return new Features(values, rows, width);
    }

    /** These rows, in this order, copied. */
    public Features select(int... indices) {
        float[] selected = new float[Math.multiplyExact(indices.length, width)];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * width, selected, i * width, width);
        }
        return new Features(selected, indices.length, width);
    }

    /** The rows from {@code first} up to {@code end}, in double. */
    double[] doubles(int first, int end) {
        return IntStream.range(first * width, end * width)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    /** Fails unless both have the same width. */
    static void checkWidths(Features real, Features fake) {
        if (real.width != fake.width) {
            throw new IllegalArgumentException(
                    "real and fake features must have the same width, got %d and %d".formatted(real.width, fake.width));
        }
    }

    /** Equal shapes and bit-for-bit equal values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Features that
                && rows == that.rows
                && width == that.width
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + width) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Features[" + rows + " × " + width + "]";
    }
}
