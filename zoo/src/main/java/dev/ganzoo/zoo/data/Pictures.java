package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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

    /**
     * A picture from a file at its own size, in colour.
     *
     * @throws IOException if it is no such file, or broken
     */
    public static Picture read(Path path) throws IOException {
        return picture(ImageReader.read(path));
    }

    /** The files of images in a folder, at any depth, in the order of their paths. */
    public static List<Path> in(Path folder) throws IOException {
        return ImageFolder.images(folder);
    }

    private static Picture picture(ImageReader.Pixels pixels) {
        return new Picture(3, pixels.height(), pixels.width(), pixels.data());
    }

    private static Tensor fitted(ImageReader.Pixels picture, ImageShape shape) {
        return UnitImages.ofBytes(picture(picture).fitted(shape).pixels(), shape.batch(1));
    }
}
