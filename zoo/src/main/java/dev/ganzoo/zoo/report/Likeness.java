package dev.ganzoo.zoo.report;

import java.util.Arrays;

/**
 * An image as far as it is compared: its pixels, the mean of each row of each channel, and the length of what is left
 * without those.
 *
 * <p>Rows lose their means because else all seas, skies and meadows under a horizon of the same height would be alike.
 */
record Likeness(byte[] pixels, double[] means, double length) {
    /** Of an image of unsigned bytes (C, H, W), whose rows are {@code width} long. */
    static Likeness of(byte[] pixels, int width) {
        var means = new double[pixels.length / width];
        double squares = 0;
        for (int row = 0; row < means.length; row++) {
            long sum = 0;
            long sumOfSquares = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                int value = pixels[i] & 0xFF;
                sum += value;
                sumOfSquares += (long) value * value;
            }
            means[row] = (double) sum / width;
            squares += (double) (width * sumOfSquares - sum * sum) / width;
        }
        return new Likeness(pixels, means, Math.sqrt(squares));
    }

    /**
     * The correlation of all values, each row of each channel less its mean, in [-1, 1]; of an image without
     * contrast within a row, 1 with its
     * equals and 0 with others.
     */
    double correlation(Likeness other) {
        if (length == 0 || other.length == 0) {
            return isIdentical(other) ? 1 : 0;
        }
        long products = 0;
        for (int i = 0; i < pixels.length; i++) {
            products += (long) (pixels[i] & 0xFF) * (other.pixels[i] & 0xFF);
        }
        double ofMeans = 0;
        for (int row = 0; row < means.length; row++) {
            ofMeans += means[row] * other.means[row];
        }
        double covariance = products - ofMeans * width();
        return Math.min(1, covariance / (length * other.length));
    }

    boolean isIdentical(Likeness other) {
        return Arrays.equals(pixels, other.pixels);
    }

    private int width() {
        return pixels.length / means.length;
    }

    /** The image with left and right exchanged. */
    Likeness mirrored() {
        int width = width();
        var mirrored = new byte[pixels.length];
        for (int i = 0; i < mirrored.length; i++) {
            mirrored[i] = pixels[i - i % width + width - 1 - i % width];
        }
        return new Likeness(mirrored, means, length);
    }
}
