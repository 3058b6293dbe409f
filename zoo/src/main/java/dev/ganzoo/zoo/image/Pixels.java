package dev.ganzoo.zoo.image;

import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From networks' floats to pixels: images of shape {@code (N, C, H, W)} in [-1, 1], C = 1 (grey) or 3 (RGB), become
 * values 0..255 by {@code (x + 1) · 127.5}, rounded half up and clamped. NaN becomes 0.
 *
 * <p>All methods are pure; none keeps or changes its arguments.
 */
public final class Pixels {
    private Pixels() {}

    /** The pixel value 0..255 of {@code x} in [-1, 1]; values outside are clamped. */
    public static int fromFloat(float x) {
        int rounded = (int) Math.floor((x + 1.0) * 127.5 + 0.5);
        return Math.max(0, Math.min(255, rounded));
    }

    /** The float in [-1, 1] of a pixel value 0..255; {@link #fromFloat} gives the value back exactly. */
    public static float toFloat(int pixel) {
        return (float) (pixel / 127.5 - 1.0);
    }

    /** The images as unsigned bytes, laid out as the tensor: {@code (N, C, H, W)}. */
    public static byte[] bytes(Tensor images) {
        check(images);
        float[] from = images.data();
        byte[] to = new byte[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = (byte) fromFloat(from[i]);
        }
        return to;
    }

    /** Every image of the batch, in order. */
    public static List<BufferedImage> images(Tensor images) {
        check(images);
        List<BufferedImage> all = new ArrayList<>();
        for (int n = 0; n < images.shape()[0]; n++) {
            all.add(image(images, n));
        }
        return all;
    }

    /**
     * Image {@code index} of the batch: {@link BufferedImage#TYPE_BYTE_GRAY} for one channel,
     * {@link BufferedImage#TYPE_INT_RGB} for three.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public static BufferedImage image(Tensor images, int index) {
        check(images);
        if (index < 0 || index >= images.shape()[0]) {
            throw new IndexOutOfBoundsException(
                    "image index must be in 0..%d, got %d".formatted(images.shape()[0] - 1, index));
        }
        int channels = images.shape()[1], height = images.shape()[2], width = images.shape()[3];
        int plane = height * width;
        int from = index * channels * plane;
        BufferedImage image = blank(channels, height, width);
        float[] data = images.data();
        for (int p = 0; p < plane; p++) {
            for (int c = 0; c < channels; c++) {
                image.getRaster().setSample(p % width, p / width, c, fromFloat(data[from + c * plane + p]));
            }
        }
        return image;
    }

    /** The inverse of {@link #images}: one {@code (1, C, H, W)} batch in [-1, 1]; C = 1 if the image is grey, else 3. */
    public static Tensor tensor(BufferedImage image) {
        int channels = image.getRaster().getNumBands() == 1 && image.getType() == BufferedImage.TYPE_BYTE_GRAY ? 1 : 3;
        int height = image.getHeight(), width = image.getWidth(), plane = height * width;
        float[] data = new float[channels * plane];
        for (int p = 0; p < plane; p++) {
            int x = p % width, y = p / width;
            int rgb = channels == 1 ? image.getRaster().getSample(x, y, 0) << 16 : image.getRGB(x, y);
            for (int c = 0; c < channels; c++) {
                data[c * plane + p] = toFloat(rgb >> (16 - 8 * c) & 0xFF);
            }
        }
        return Tensor.of(data, 1, channels, height, width);
    }

    /** The image with every pixel as {@code factor × factor} pixels; the image itself for 1. */
    public static BufferedImage enlarged(BufferedImage image, int factor) {
        return factor == 1
                ? image
                : ImageGrid.of(List.of(image)).padding(0).scale(factor).image();
    }

    static BufferedImage blank(int channels, int height, int width) {
        return new BufferedImage(
                width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    }

    static void check(Tensor images) {
        int[] shape = images.shape();
        if (shape.length != 4 || (shape[1] != 1 && shape[1] != 3) || shape[2] < 1 || shape[3] < 1) {
            throw new IllegalArgumentException(
                    "images must have shape (N, C, H, W) with C = 1 or 3, got " + Arrays.toString(shape));
        }
    }
}
