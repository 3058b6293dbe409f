package dev.ganzoo.zoo.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Patches of {@value #SIDE} × {@value #SIDE} pixels of one level of the pyramids of many images, normalised to mean 0 and
 * standard deviation 1 of each channel over all of them. Only the images are in memory: patches are cut out when they
 * are projected.
 */
final class PatchSet {
    static final int SIDE = 7;

    private final float[] images;
    private final int count;
    private final int channels;
    private final int height;
    private final int width;
    private final int[] corners;
    private final double[] mean;
    private final double[] std;

    /**
     * @param what named in errors
     * @param images (count, channels, height, width)
     * @param corners {@code y · width + x} of the upper left pixels of the patches, equally many for each image
     */
    PatchSet(String what, float[] images, int count, int channels, int height, int width, int[] corners) {
        this.images = images;
        this.count = count;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.corners = corners;
        this.mean = new double[channels];
        this.std = new double[channels];
        normalise(what);
    }

    private void normalise(String what) {
        int area = SIDE * SIDE;
        double[] squares = new double[channels];
        double values = (double) corners.length * area;
        double[][] sums =
                IntStream.range(0, count).parallel().mapToObj(this::sums).toArray(double[][]::new);
        for (double[] sum : sums) {
            for (int c = 0; c < channels; c++) {
                mean[c] += sum[c] / values;
                squares[c] += sum[channels + c] / values;
            }
        }
        for (int c = 0; c < channels; c++) {
            double variance = squares[c] - mean[c] * mean[c];
            std[c] = Math.sqrt(variance);
            if (!(variance > 1e-12 * squares[c])) {
                throw new IllegalArgumentException("%s images must vary, but channel %d is constant at %d × %d pixels"
                        .formatted(what, c, height, width));
            }
        }
    }

    private double[] sums(int image) {
        double[] sums = new double[2 * channels];
        double[] patches = patches(image);
        for (int i = 0; i < patches.length; i++) {
            int channel = i / (SIDE * SIDE) % channels;
            sums[channel] += patches[i];
            sums[channels + channel] += patches[i] * patches[i];
        }
        return sums;
    }

    int size() {
        return corners.length;
    }

    /** The inner products of each direction (channels · {@value #SIDE} · {@value #SIDE}) with all patches, ascending. */
    double[][] sortedProjections(double[][] directions) {
        int length = channels * SIDE * SIDE, area = SIDE * SIDE;
        double[] scaled = new double[directions.length * length];
        double[] shifts = new double[directions.length];
        for (int i = 0; i < scaled.length; i++) {
            int direction = i / length, channel = i % length / area;
            scaled[i] = directions[direction][i % length] / std[channel];
            shifts[direction] += mean[channel] * scaled[i];
        }
        double[][] projections = new double[directions.length][corners.length];
        int patches = corners.length / count;
        IntStream.range(0, count).parallel().forEach(image -> {
            double[] products = LinearAlgebra.rowProducts(scaled, directions.length, patches(image), patches, length);
            for (int i = 0; i < products.length; i++) {
                projections[i / patches][image * patches + i % patches] = products[i] - shifts[i / patches];
            }
        });
        Arrays.stream(projections).parallel().forEach(Arrays::sort);
        return projections;
    }

    private double[] patches(int image) {
        int area = SIDE * SIDE, each = corners.length / count;
        double[] patches = new double[each * channels * area];
        int at = 0;
        for (int p = image * each; p < (image + 1) * each; p++) {
            for (int c = 0; c < channels; c++) {
                int from = (image * channels + c) * height * width + corners[p];
                for (int k = 0; k < area; k++) {
                    patches[at++] = images[from + k / SIDE * width + k % SIDE];
                }
            }
        }
        return patches;
    }
}
