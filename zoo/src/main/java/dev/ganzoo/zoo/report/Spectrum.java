package dev.ganzoo.zoo.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The lowest frequencies of images: an orthonormal cosine transform (DCT-II) of {@value #FREQUENCIES} × {@value
 * #FREQUENCIES} frequencies for each of three orthonormal colours, of which the first is grey.
 *
 * <p>Since the transform is orthonormal, the distance of two images is at least that of any of their coefficients. And
 * the coefficients of a mirrored image are those of the image, negated at odd horizontal frequencies. Immutable.
 */
final class Spectrum {
    private static final int FREQUENCIES = 8;
    private static final double[][] GREY = {{1}};
    private static final double[][] COLOURS = {
        {1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)},
        {1 / Math.sqrt(2), 0, -1 / Math.sqrt(2)},
        {1 / Math.sqrt(6), -2 / Math.sqrt(6), 1 / Math.sqrt(6)}
    };

    private final double[][] colours;
    private final double[][] vertical;
    private final double[][] horizontal;

    Spectrum(int channels, int height, int width) {
        colours = channels == 1 ? GREY : COLOURS;
        vertical = cosines(height);
        horizontal = cosines(width);
    }

    private static double[][] cosines(int extent) {
        var basis = new double[Math.min(FREQUENCIES, extent)][extent];
        for (int k = 0; k < basis.length; k++) {
            double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / extent);
            for (int i = 0; i < extent; i++) {
                basis[k][i] = scale * Math.cos(Math.PI * (i + 0.5) * k / extent);
            }
        }
        return basis;
    }

    /** How many coefficients there are, those of the means of rows included. */
    int size() {
        return colours.length * vertical.length * horizontal.length;
    }

    /** Whether a coefficient is of the means of rows. */
    boolean isMean(int coefficient) {
        return coefficient % horizontal.length == 0;
    }

    /** Whether mirroring an image negates this coefficient. */
    boolean negatedByMirror(int coefficient) {
        return coefficient % horizontal.length % 2 == 1;
    }

    /** The coefficients of an image of unsigned bytes (C, H, W). */
    double[] of(byte[] image) {
        int height = vertical[0].length;
        int width = horizontal[0].length;
        var all = new double[size()];
        var rows = new double[horizontal.length];
        for (int colour = 0; colour < colours.length; colour++) {
            for (int y = 0; y < height; y++) {
                Arrays.fill(rows, 0);
                for (int x = 0; x < width; x++) {
                    double value = mixed(image, colours[colour], y * width + x, height * width);
                    for (int k = 0; k < rows.length; k++) {
                        rows[k] += value * horizontal[k][x];
                    }
                }
                for (int m = 0; m < vertical.length; m++) {
                    for (int k = 0; k < rows.length; k++) {
                        all[(colour * vertical.length + m) * rows.length + k] += vertical[m][y] * rows[k];
                    }
                }
            }
        }
        return all;
    }

    private static double mixed(byte[] image, double[] colour, int pixel, int plane) {
        double sum = 0;
        for (int c = 0; c < colour.length; c++) {
            sum += colour[c] * (image[c * plane + pixel] & 0xFF);
        }
        return sum;
    }

    /** The coefficients, but for the means of rows, in which such images have most energy; the greatest first. */
    int[] strongest(double[] energy, int count) {
        return IntStream.range(0, size())
                .filter(i -> !isMean(i))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -energy[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
