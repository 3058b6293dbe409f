package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Multi-scale structural similarity, MS-SSIM (Wang, Simoncelli and Bovik 2003), of pairs of images: near 1 for equal ones.
 * Among generated images of one class a high mean says that they are all alike (Odena et al. 2017, section 4.2).
 *
 * <p>As in the code of progressive GANs (Karras et al. 2018), which is that of TensorFlow's models: five scales, each half
 * the one before by means of 2 × 2 pixels; Gaussian windows of 11 × 11 and σ = 1.5, or of the whole image and a σ as much
 * smaller where that is smaller; K₁ = 0.01, K₂ = 0.03, a range of 255; means over channels and places; negative means
 * count as 0. Images are rounded to 8 bits first.
 */
public final class MultiScaleSimilarity {
    private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
    private static final int WINDOW = 11;
    private static final double SIGMA = 1.5;
    private static final double C1 = Math.pow(0.01 * 255, 2);
    private static final double C2 = Math.pow(0.03 * 255, 2);

    private MultiScaleSimilarity() {}

    /**
     * Of each pair of images at the same index, in [0, 1].
     *
     * @param first (N, C, H, W) in [-1, 1], C = 1 or 3; H and W multiples of 16
     * @param second of the same shape
     */
    public static double[] between(Tensor first, Tensor second) {
        if (!Arrays.equals(first.shape(), second.shape())) {
            throw new IllegalArgumentException("both batches of images must have the same shape, got %s and %s"
                    .formatted(Arrays.toString(first.shape()), Arrays.toString(second.shape())));
        }
        byte[] a = Pixels.bytes(first), b = Pixels.bytes(second);
        int count = first.shape()[0], size = a.length / Math.max(1, count);
        return ofPairs(
                first.shape(),
                a,
                b,
                IntStream.range(0, count).map(i -> i * size).toArray(),
                0);
    }

    /**
     * Mean and standard deviation over the pairs of images 0 and 1, 2 and 3, and so on: how alike are they?
     *
     * @param images (N, C, H, W) in [-1, 1], N even and ≥ 2, C = 1 or 3; H and W multiples of 16
     */
    public static Score of(Tensor images) {
        byte[] pixels = Pixels.bytes(images);
        int count = images.shape()[0];
        if (count < 2 || count % 2 != 0) {
            throw new IllegalArgumentException("images must be an even number, >= 2, got " + count);
        }
        int size = pixels.length / count;
        int[] offsets = IntStream.range(0, count / 2).map(i -> 2 * i * size).toArray();
        return Score.of(ofPairs(images.shape(), pixels, pixels, offsets, size));
    }

    private static double[] ofPairs(int[] shape, byte[] a, byte[] b, int[] offsets, int apart) {
        int channels = shape[1], height = shape[2], width = shape[3];
        int unit = 1 << (WEIGHTS.length - 1);
        if (height % unit != 0 || width % unit != 0) {
            throw new IllegalArgumentException(
                    "height and width must be multiples of %d, got %d × %d".formatted(unit, height, width));
        }
        return Arrays.stream(offsets)
                .parallel()
                .mapToDouble(offset -> similarity(
                        planes(a, offset, channels, height * width),
                        planes(b, offset + apart, channels, height * width),
                        height,
                        width))
                .toArray();
    }

    private static double[][] planes(byte[] pixels, int offset, int channels, int size) {
        double[][] planes = new double[channels][size];
        for (int i = 0; i < channels * size; i++) {
            planes[i / size][i % size] = pixels[offset + i] & 0xFF;
        }
        return planes;
    }

    private static double similarity(double[][] a, double[][] b, int height, int width) {
        double product = 1;
        for (int level = 0; level < WEIGHTS.length; level++) {
            boolean last = level == WEIGHTS.length - 1;
            double mean = 0;
            for (int c = 0; c < a.length; c++) {
                mean += meanSimilarity(a[c], b[c], height, width, last) / a.length;
                if (!last) {
                    a[c] = halved(a[c], height, width);
                    b[c] = halved(b[c], height, width);
                }
            }
            product *= Math.pow(Math.max(0, mean), WEIGHTS[level]);
            height /= 2;
            width /= 2;
        }
        return product;
    }

    /** Of contrast and structure, and of luminance if it is asked for. */
    private static double meanSimilarity(double[] a, double[] b, int height, int width, boolean luminance) {
        double[] window = window(Math.min(WINDOW, Math.min(height, width)));
        double[] meanA = blurred(a, height, width, window), meanB = blurred(b, height, width, window);
        double[] squareA = blurred(times(a, a), height, width, window);
        double[] squareB = blurred(times(b, b), height, width, window);
        double[] product = blurred(times(a, b), height, width, window);
        double sum = 0;
        for (int i = 0; i < meanA.length; i++) {
            double meansSquared = meanA[i] * meanA[i] + meanB[i] * meanB[i], meansProduct = meanA[i] * meanB[i];
            double structure = (2 * (product[i] - meansProduct) + C2) / (squareA[i] + squareB[i] - meansSquared + C2);
            sum += structure * (luminance ? (2 * meansProduct + C1) / (meansSquared + C1) : 1);
        }
        return sum / meanA.length;
    }

    private static double[] window(int size) {
        double sigma = size * SIGMA / WINDOW;
        double[] window = IntStream.range(0, size)
                .mapToDouble(i -> Math.exp(-Math.pow((i - (size - 1) / 2.0) / sigma, 2) / 2))
                .toArray();
        double sum = Arrays.stream(window).sum();
        return Arrays.stream(window).map(weight -> weight / sum).toArray();
    }

    private static double[] times(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).toArray();
    }

    /** Along rows, then along columns, where the window is inside. */
    private static double[] blurred(double[] plane, int height, int width, double[] window) {
        int newHeight = height - window.length + 1, newWidth = width - window.length + 1;
        double[] rows = new double[height * newWidth];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < newWidth; x++) {
                for (int k = 0; k < window.length; k++) {
                    rows[y * newWidth + x] += window[k] * plane[y * width + x + k];
                }
            }
        }
        double[] blurred = new double[newHeight * newWidth];
        for (int k = 0; k < window.length; k++) {
            for (int i = 0; i < blurred.length; i++) {
                blurred[i] += window[k] * rows[k * newWidth + i];
            }
        }
        return blurred;
    }

    private static double[] halved(double[] plane, int height, int width) {
        double[] half = new double[plane.length / 4];
        for (int i = 0; i < height * width; i++) {
            half[i / width / 2 * (width / 2) + i % width / 2] += plane[i] / 4;
        }
        return half;
    }
}
