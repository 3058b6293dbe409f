package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Pictures of any size as a classifier takes them: the largest part in the middle that has the shape's proportions,
 * resampled by an antialiased bicubic filter unless it has the size already, grey or in colour, laid on white where it is
 * transparent. All methods are pure functions.
 */
public final class Pictures {
    private Pictures() {}

    /**
     * A picture from a file, PNG, JPEG, BMP or GIF.
     *
     * @return {@code (1, C, H, W)} in [0, 1], multiples of 1/255
     * @throws IOException if it is no such file, or broken
     * @throws IllegalArgumentException if the shape has neither 1 nor 3 channels
     */
    public static Tensor read(Path path, ImageShape shape) throws IOException {
        return fitted(ImageReader.read(path), shape);
    }

    /** A picture in memory. @see #read(Path, ImageShape) */
    public static Tensor of(BufferedImage picture, ImageShape shape) {
        return fitted(ImageReader.pixels(picture), shape);
    }

    private static Tensor fitted(ImageReader.Pixels picture, ImageShape shape) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, got " + shape.channels());
        }
        int height = (int) Math.min(
                picture.height(), Math.max(1, Math.round((double) picture.width() * shape.height() / shape.width())));
        int width = (int) Math.min(
                picture.width(), Math.max(1, Math.round((double) picture.height() * shape.width() / shape.height())));
        byte[] middle = middle(picture, height, width);
        byte[] colour = middle;
        if (height != shape.height() || width != shape.width()) {
            colour = new byte[3 * shape.height() * shape.width()];
            new Resampler(height, width, shape.height(), shape.width()).resize(middle, 3, colour, 0);
        }
        return UnitImages.ofBytes(shape.channels() == 3 ? colour : grey(colour), shape.batch(1));
    }

    private static byte[] middle(ImageReader.Pixels picture, int height, int width) {
        int top = (picture.height() - height) / 2;
        int left = (picture.width() - width) / 2;
        byte[] middle = new byte[3 * height * width];
        for (int row = 0; row < 3 * height; row++) {
            int from = (row / height * picture.height() + top + row % height) * picture.width() + left;
            System.arraycopy(picture.data(), from, middle, row * width, width);
        }
        return middle;
    }

    private static byte[] grey(byte[] colour) {
        int plane = colour.length / 3;
        byte[] grey = new byte[plane];
        for (int i = 0; i < plane; i++) {
            grey[i] = ImageReader.luma(colour[i], colour[plane + i], colour[2 * plane + i]);
        }
        return grey;
    }
}
