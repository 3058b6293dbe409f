package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.classifier.ImageShape;

/**
 * One image as unsigned bytes 0..255 in the order (C, H, W).
 *
 * <p>The array is shared, not copied; whoever holds a picture treats it as read-only.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height in pixels
 * @param width in pixels
 * @param pixels as many as the product of these
 */
public record Picture(int channels, int height, int width, byte[] pixels) {
    /** @throws IllegalArgumentException if the channels are neither 1 nor 3, or there are more or fewer bytes */
    public Picture {
        checkChannels(channels);
        if (pixels.length != new ImageShape(channels, height, width).values()) {
            throw new IllegalArgumentException("a picture of (%d, %d, %d) must have as many bytes, got %d"
                    .formatted(channels, height, width, pixels.length));
        }
    }

    private static void checkChannels(int channels) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
        }
    }

    /** Its channels, height and width. */
    public ImageShape shape() {
        return new ImageShape(channels, height, width);
    }

    /** The picture with 1 channel (luma by ITU-R BT.601, as in JPEG) or 3 (the grey plane three times). */
    public Picture withChannels(int others) {
        checkChannels(others);
        if (others == channels) {
            return this;
        }
        int plane = height * width;
        byte[] converted = new byte[others * plane];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = channels == 1
                    ? pixels[i % plane]
                    : ImageReader.luma(pixels[i], pixels[plane + i], pixels[2 * plane + i]);
        }
        return new Picture(others, height, width, converted);
    }

    /** The picture stretched to another size by an antialiased bicubic filter; itself where it has that size. */
    public Picture resizedTo(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        byte[] resized = new byte[channels * newHeight * newWidth];
        new Resampler(height, width, newHeight, newWidth).resize(pixels, channels, resized, 0);
        return new Picture(channels, newHeight, newWidth, resized);
    }

    /** The largest part in the middle with the proportions of {@code shape}, resampled to it, and its channels. */
    public Picture fitted(ImageShape shape) {
        int newHeight =
                (int) Math.min(height, Math.max(1, Math.round((double) width * shape.height() / shape.width())));
        int newWidth = (int) Math.min(width, Math.max(1, Math.round((double) height * shape.width() / shape.height())));
        return middle(newHeight, newWidth)
                .resizedTo(shape.height(), shape.width())
                .withChannels(shape.channels());
    }

    private Picture middle(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        int top = (height - newHeight) / 2;
        int left = (width - newWidth) / 2;
        byte[] middle = new byte[channels * newHeight * newWidth];
        for (int row = 0; row < channels * newHeight; row++) {
            int from = (row / newHeight * height + top + row % newHeight) * width + left;
            System.arraycopy(pixels, from, middle, row * newWidth, newWidth);
        }
        return new Picture(channels, newHeight, newWidth, middle);
    }
}
