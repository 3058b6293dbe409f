package dev.ganzoo.zoo.visualize;

import java.util.Arrays;

/**
 * The two-dimensional discrete Fourier transform of real images, of any size, as products with matrices.
 *
 * <p>A spectrum holds, for {@code H} rows of {@code W/2 + 1} frequencies, first all real and then all imaginary parts, as
 * numpy's {@code rfft2} gives them. {@code O(H·W·(H + W))}, which for the images of classifiers is little beside the
 * network. Immutable and safe for use by several threads.
 */
final class RealFourier {
    private final int height;
    private final int width;
    private final int columns;
    /** Cosine and sine of 2π·k·y/H at {@code k·H + y}, which is symmetric. */
    private final float[] cosY;

    private final float[] sinY;
    /** Those of 2π·k·x/W at {@code k·W + x}, and transposed. */
    private final float[] cosX;

    private final float[] sinX;
    private final float[] cosXt;
    private final float[] sinXt;

    RealFourier(int height, int width) {
        this.height = height;
        this.width = width;
        this.columns = width / 2 + 1;
        this.cosY = new float[height * height];
        this.sinY = new float[height * height];
        this.cosX = new float[columns * width];
        this.sinX = new float[columns * width];
        this.cosXt = new float[columns * width];
        this.sinXt = new float[columns * width];
        for (int k = 0; k < height; k++) {
            for (int y = 0; y < height; y++) {
                double angle = 2 * Math.PI * ((long) k * y % height) / height;
                cosY[k * height + y] = (float) Math.cos(angle);
                sinY[k * height + y] = (float) Math.sin(angle);
            }
        }
        for (int k = 0; k < columns; k++) {
            for (int x = 0; x < width; x++) {
                double angle = 2 * Math.PI * ((long) k * x % width) / width;
                cosX[k * width + x] = cosXt[x * columns + k] = (float) Math.cos(angle);
                sinX[k * width + x] = sinXt[x * columns + k] = (float) Math.sin(angle);
            }
        }
    }

    /** How many frequencies a spectrum has: half of its length. */
    int frequencies() {
        return height * columns;
    }

    /** How often frequency {@code f} occurs in the full spectrum: twice, but for the first and an even width's last column. */
    int multiplicity(int f) {
        int k = f % columns;
        return k == 0 || 2 * k == width ? 1 : 2;
    }

    /** The distance of frequency {@code f} from 0, in cycles a pixel. */
    double radius(int f) {
        int row = f / columns;
        double y = (row <= height / 2 ? row : row - height) / (double) height;
        double x = f % columns / (double) width;
        return Math.hypot(x, y);
    }

    /** {@code Σ_k spectrum_k · exp(2πi(...))} over the full, Hermitian spectrum: H·W times the inverse transform. */
    float[] synthesis(float[] spectrum) {
        float[] image = new float[height * width];
        float[] re = new float[columns];
        float[] im = new float[columns];
        for (int y = 0; y < height; y++) {
            Arrays.fill(re, 0);
            Arrays.fill(im, 0);
            for (int k = 0; k < height; k++) {
                rotate(spectrum, k, cosY[k * height + y], sinY[k * height + y], re, im);
            }
            for (int k = 0; k < columns; k++) {
                int times = multiplicity(k);
                waves(times * re[k], times * im[k], k * width, image, y * width);
            }
        }
        return image;
    }

    /** The transpose of {@link #synthesis}: the transform of the image with each frequency times its multiplicity. */
    float[] adjoint(float[] image) {
        float[] spectrum = new float[2 * frequencies()];
        float[] re = new float[columns];
        float[] im = new float[columns];
        for (int y = 0; y < height; y++) {
            Arrays.fill(re, 0);
            Arrays.fill(im, 0);
            for (int x = 0; x < width; x++) {
                project(image[y * width + x], x * columns, re, im);
            }
            for (int k = 0; k < columns; k++) {
                re[k] *= multiplicity(k);
                im[k] *= multiplicity(k);
            }
            for (int k = 0; k < height; k++) {
                spread(re, im, cosY[k * height + y], sinY[k * height + y], k, spectrum);
            }
        }
        return spectrum;
    }

    private void rotate(float[] spectrum, int row, float cos, float sin, float[] re, float[] im) {
        int real = row * columns, imaginary = frequencies() + row * columns;
        for (int k = 0; k < columns; k++) {
            re[k] += cos * spectrum[real + k] - sin * spectrum[imaginary + k];
            im[k] += sin * spectrum[real + k] + cos * spectrum[imaginary + k];
        }
    }

    private void spread(float[] re, float[] im, float cos, float sin, int row, float[] spectrum) {
        int real = row * columns, imaginary = frequencies() + row * columns;
        for (int k = 0; k < columns; k++) {
            spectrum[real + k] += cos * re[k] + sin * im[k];
            spectrum[imaginary + k] += cos * im[k] - sin * re[k];
        }
    }

    private void waves(float re, float im, int table, float[] image, int at) {
        for (int x = 0; x < width; x++) {
            image[at + x] += re * cosX[table + x] - im * sinX[table + x];
        }
    }

    private void project(float value, int table, float[] re, float[] im) {
        for (int k = 0; k < columns; k++) {
            re[k] += value * cosXt[table + k];
            im[k] -= value * sinXt[table + k];
        }
    }
}
