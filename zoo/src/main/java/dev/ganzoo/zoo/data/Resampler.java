package dev.ganzoo.zoo.data;

/**
 * Resizes images by an antialiased bicubic filter (Keys 1981, a = -0.5), separable, with its support widened by the
 * factor of reduction: the way of Pillow's {@code BICUBIC}, on whose images published FIDs rest (Parmar et al. 2022).
 * Immutable; one serves for all images of one size.
 */
final class Resampler {
    /** For every output position along an axis: the first input position that counts, and the weights from there. */
    private record Axis(int[] first, float[][] weights) {}

    private final int height;
    private final int width;
    private final Axis rows;
    private final Axis columns;

    Resampler(int height, int width, int newHeight, int newWidth) {
        this.height = height;
        this.width = width;
        this.rows = axis(height, newHeight);
        this.columns = axis(width, newWidth);
    }

    /** Resizes {@code image} (C, H, W) of unsigned bytes to {@code target} (C, H', W') from {@code offset} on. */
    void resize(byte[] image, int channels, byte[] target, int offset) {
        int newHeight = rows.first.length;
        int newWidth = columns.first.length;
        var narrow = new float[height * newWidth];
        for (int c = 0; c < channels; c++) {
            squeezeColumns(image, c * height * width, narrow);
            for (int y = 0; y < newHeight; y++) {
                for (int x = 0; x < newWidth; x++) {
                    float value = weighted(narrow, rows, y, newWidth, x);
                    target[offset + (c * newHeight + y) * newWidth + x] = toByte(value);
                }
            }
        }
    }

    private void squeezeColumns(byte[] image, int plane, float[] narrow) {
        int newWidth = columns.first.length;
        var row = new float[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[x] = image[plane + y * width + x] & 0xFF;
            }
            for (int x = 0; x < newWidth; x++) {
                narrow[y * newWidth + x] = weighted(row, columns, x, 1, 0);
            }
        }
    }

    private static float weighted(float[] values, Axis axis, int position, int stride, int offset) {
        float sum = 0;
        float[] weights = axis.weights[position];
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * values[(axis.first[position] + k) * stride + offset];
        }
        return sum;
    }

    private static byte toByte(float value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }

    private static Axis axis(int from, int to) {
        double scale = (double) from / to;
        double stretch = Math.max(1, scale);
        var first = new int[to];
        var weights = new float[to][];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int low = Math.max(0, (int) Math.floor(centre - 2 * stretch));
            int high = Math.min(from, (int) Math.ceil(centre + 2 * stretch));
            var row = new double[high - low];
            double sum = 0;
            for (int k = 0; k < row.length; k++) {
                row[k] = cubic((low + k + 0.5 - centre) / stretch);
                sum += row[k];
            }
            first[i] = low;
            weights[i] = new float[row.length];
            for (int k = 0; k < row.length; k++) {
                weights[i][k] = (float) (row[k] / sum);
            }
        }
        return new Axis(first, weights);
    }

    private static double cubic(double x) {
        double t = Math.abs(x);
        if (t < 1) {
            return (1.5 * t - 2.5) * t * t + 1;
        }
        return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
    }
}
