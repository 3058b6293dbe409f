package dev.ganzoo.zoo.corruption;

import dev.ganzoo.zoo.data.Picture;

/** Blurs rows, then columns; the kernel ends at four standard deviations, and the image goes on mirrored at its edges. */
final class GaussianBlur implements Corruption.Method {
    private static final int REACH = 4;

    @Override
    public Picture apply(Picture image, double strength, long seed, long index) {
        double[] kernel = kernel(strength);
        int height = image.height();
        int width = image.width();
        int plane = height * width;
        var values = new double[image.pixels().length];
        for (int k = 0; k < values.length; k++) {
            values[k] = image.pixels()[k] & 0xFF;
        }
        var rows = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            rows[k] = weighted(values, k - k % width, 1, k % width, width, kernel);
        }
        var blurred = new byte[values.length];
        for (int k = 0; k < values.length; k++) {
            int top = k - k % plane + k % width;
            blurred[k] = (byte) Math.round(weighted(rows, top, width, k % plane / width, height, kernel));
        }
        return new Picture(image.channels(), height, width, blurred);
    }

    /** Weights at distances 0, 1, 2, …; with both sides they sum to 1. */
    private static double[] kernel(double deviation) {
        var kernel = new double[(int) Math.ceil(REACH * deviation) + 1];
        double sum = 0;
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] = Math.exp(-0.5 * (k / deviation) * (k / deviation));
            sum += k == 0 ? kernel[k] : 2 * kernel[k];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return kernel;
    }

    private static double weighted(double[] values, int from, int stride, int at, int extent, double[] kernel) {
        double sum = kernel[0] * values[from + at * stride];
        for (int k = 1; k < kernel.length; k++) {
            double before = values[from + mirrored(at - k, extent) * stride];
            double after = values[from + mirrored(at + k, extent) * stride];
            sum += kernel[k] * (before + after);
        }
        return sum;
    }

    /** Positions beyond an edge, which is doubled: … 1 0 | 0 1 2 … */
    private static int mirrored(int position, int extent) {
        int within = Math.floorMod(position, 2 * extent);
        return within < extent ? within : 2 * extent - 1 - within;
    }
}
