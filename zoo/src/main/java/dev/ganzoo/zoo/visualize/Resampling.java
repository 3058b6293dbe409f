package dev.ganzoo.zoo.visualize;

import java.util.random.RandomGenerator;

/**
 * An image seen shifted, turned and enlarged a little: a linear map of its pixels, by bilinear interpolation, the image being
 * mirrored at its edges. What still excites the network under many of these is no accident of single pixels.
 */
final class Resampling {
    private static final int TAPS = 4;

    private final int[] sources;
    private final float[] weights;

    private Resampling(int[] sources, float[] weights) {
        this.sources = sources;
        this.weights = weights;
    }

    /**
     * By how much at most an image is moved.
     *
     * @param jitter pixels in each direction, whole ones
     * @param scale the greatest deviation of the factor from 1, in [0, 1)
     * @param rotation degrees either way
     */
    record Range(int jitter, double scale, double rotation) {
        boolean isNone() {
            return jitter == 0 && scale == 0 && rotation == 0;
        }
    }

    /** One drawn from {@code range}. */
    static Resampling draw(RandomGenerator random, Range range, int height, int width) {
        int down = random.nextInt(-range.jitter, range.jitter + 1);
        int right = random.nextInt(-range.jitter, range.jitter + 1);
        double factor = 1 + range.scale * (2 * random.nextDouble() - 1);
        double degrees = range.rotation * (2 * random.nextDouble() - 1);
        return of(down, right, factor, degrees, height, width);
    }

    /** The image enlarged by {@code factor} about its centre and turned, then shifted. */
    static Resampling of(double down, double right, double factor, double degrees, int height, int width) {
        double cos = Math.cos(Math.toRadians(degrees)) / factor;
        double sin = Math.sin(Math.toRadians(degrees)) / factor;
        double middleY = (height - 1) / 2.0, middleX = (width - 1) / 2.0;
        int[] sources = new int[TAPS * height * width];
        float[] weights = new float[TAPS * height * width];
        for (int i = 0; i < height * width; i++) {
            int row = i / width;
            double y = row - middleY - down, x = i % width - middleX - right;
            double fromY = middleY + cos * y - sin * x, fromX = middleX + sin * y + cos * x;
            int top = (int) Math.floor(fromY), left = (int) Math.floor(fromX);
            for (int tap = 0; tap < TAPS; tap++) {
                int dy = tap / 2, dx = tap % 2;
                sources[TAPS * i + tap] = mirrored(top + dy, height) * width + mirrored(left + dx, width);
                weights[TAPS * i + tap] =
                        (float) ((1 - Math.abs(fromY - top - dy)) * (1 - Math.abs(fromX - left - dx)));
            }
        }
        return new Resampling(sources, weights);
    }

    /** The image resampled, channel by channel. */
    float[] apply(float[] image) {
        float[] moved = new float[image.length];
        int plane = sources.length / TAPS;
        for (int i = 0; i < moved.length; i++) {
            int from = i / plane * plane;
            for (int tap = i % plane * TAPS; tap < (i % plane + 1) * TAPS; tap++) {
                moved[i] += weights[tap] * image[from + sources[tap]];
            }
        }
        return moved;
    }

    /** The transpose of {@link #apply}: brings a gradient back to the image. */
    float[] adjoint(float[] gradient) {
        float[] back = new float[gradient.length];
        int plane = sources.length / TAPS;
        for (int i = 0; i < gradient.length; i++) {
            int to = i / plane * plane;
            for (int tap = i % plane * TAPS; tap < (i % plane + 1) * TAPS; tap++) {
                back[to + sources[tap]] += weights[tap] * gradient[i];
            }
        }
        return back;
    }

    /** The index that {@code i} falls upon when 0..size-1 is mirrored at both ends without repeating them. */
    private static int mirrored(int i, int size) {
        if (size == 1) {
            return 0;
        }
        int folded = Math.floorMod(i, 2 * (size - 1));
        return folded < size ? folded : 2 * (size - 1) - folded;
    }
}
