package dev.ganzoo.zoo.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Reads image files as the bytes that datasets hold. */
final class ImageReader {
    private ImageReader() {}

    /** An opaque RGB image as bytes (3, H, W). */
    record Pixels(byte[] data, int height, int width) {
        /** Writes the largest square in the middle, resampled to {@code size} × {@code size}, as bytes (3, H, W). */
        void centreSquare(int size, byte[] target, int offset) {
            int side = Math.min(height, width);
            int top = (height - side) / 2;
            int left = (width - side) / 2;
            var square = new byte[3 * side * side];
            for (int row = 0; row < 3 * side; row++) {
                int plane = row / side;
                int from = (plane * height + top + row % side) * width + left;
                System.arraycopy(data, from, square, row * side, side);
            }
            new Resampler(side, side, size, size).resize(square, 3, target, offset);
        }
    }

    /**
     * Reads the first image of a file of any format that {@link ImageIO} knows, laid on white where it is transparent.
     *
     * @throws IOException if it is no such file, or broken
     */
    static Pixels read(Path path) throws IOException {
        BufferedImage image;
        try {
            image = ImageIO.read(path.toFile());
        } catch (IOException | RuntimeException e) {
            throw new IOException("cannot read image %s: %s".formatted(path, e.getMessage()), e);
        }
        if (image == null) {
            throw new IOException(
                    "cannot read image %s: expected PNG, JPEG, BMP or GIF, found another format".formatted(path));
        }
        return pixels(image);
    }

    /** The picture laid on white where it is transparent. */
    static Pixels pixels(BufferedImage image) {
        int[] argb = isGrey(image)
                ? greyPixels(image)
                : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return onWhite(argb, image.getHeight(), image.getWidth());
    }

    /** The luma by ITU-R BT.601, as in JPEG; all are unsigned bytes. */
    static byte luma(byte red, byte green, byte blue) {
        int luma = 299 * (red & 0xFF) + 587 * (green & 0xFF) + 114 * (blue & 0xFF);
        return (byte) ((luma + 500) / 1000);
    }

    private static boolean isGrey(BufferedImage image) {
        return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /** Takes the samples as they are: {@code getRGB} would read grey ones as linear light and brighten them. */
    private static int[] greyPixels(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        var argb = new int[width * image.getHeight()];
        int[] most = new int[raster.getNumBands()];
        for (int band = 0; band < most.length; band++) {
            most[band] = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
        }
        for (int i = 0; i < argb.length; i++) {
            int grey = to8Bits(raster.getSample(i % width, i / width, 0), most[0]);
            int alpha = most.length > 1 ? to8Bits(raster.getSample(i % width, i / width, 1), most[1]) : 255;
            argb[i] = alpha << 24 | grey << 16 | grey << 8 | grey;
        }
        return argb;
    }

    private static int to8Bits(int sample, int most) {
        return Math.round(sample * 255f / most);
    }

    private static Pixels onWhite(int[] argb, int height, int width) {
        int plane = height * width;
        var data = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            int alpha = argb[i] >>> 24;
            for (int c = 0; c < 3; c++) {
                int value = argb[i] >> (16 - 8 * c) & 0xFF;
                data[c * plane + i] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
        return new Pixels(data, height, width);
    }
}
