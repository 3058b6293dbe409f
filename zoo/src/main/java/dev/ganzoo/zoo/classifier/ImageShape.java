package dev.ganzoo.zoo.classifier;

import java.util.Arrays;

/**
 * The shape of one image.
 *
 * @param channels 1 (grey), 3 (red, green, blue), or whatever the network takes
 * @param height in pixels
 * @param width in pixels
 */
public record ImageShape(int channels, int height, int width) {
    /** @throws IllegalArgumentException if an extent is less than 1 */
    public ImageShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "image extents must be at least 1, got (%d, %d, %d)".formatted(channels, height, width));
        }
    }

    /** The number of values in an image. */
    public int values() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    /** The shape {@code (count, C, H, W)} of a batch. */
    public int[] batch(int count) {
        return new int[] {count, channels, height, width};
    }

    /** Whether {@code batchShape} is {@code (N, C, H, W)} with N ≥ 1 and images of this shape. */
    public boolean matches(int[] batchShape) {
        return batchShape.length == 4 && batchShape[0] >= 1 && Arrays.equals(batchShape, batch(batchShape[0]));
    }

    @Override
    public String toString() {
        return "(%d, %d, %d)".formatted(channels, height, width);
    }
}
