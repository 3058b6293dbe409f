package dev.ganzoo.zoo.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * The Laplacian pyramid of one plane of pixels (Burt and Adelson 1983): each level what the next coarser one, half as high
 * and wide, leaves of the image. With the filter (1, 4, 6, 4, 1) / 16 along both axes and mirrored edges, as OpenCV's.
 */
final class LaplacianPyramid {
    private static final double[] FILTER = {1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};

    private LaplacianPyramid() {}

    /**
     * The levels, the finest first, the last without anything taken away.
     *
     * @param height divisible by 2 for each level but the last, and ≥ 3 at the last, as the width
     */
    static List<double[]> of(double[] plane, int height, int width, int levels) {
        List<double[]> pyramid = new ArrayList<>();
        double[] finer = plane;
        int h = height, w = width;
        for (int level = 1; level < levels; level++, h /= 2, w /= 2) {
            double[] coarser = down(finer, h, w);
            double[] back = up(coarser, h, w);
            double[] difference = new double[finer.length];
            for (int i = 0; i < difference.length; i++) {
                difference[i] = finer[i] - back[i];
            }
            pyramid.add(difference);
            finer = coarser;
        }
        pyramid.add(finer);
        return pyramid;
    }

    private static double[] down(double[] plane, int height, int width) {
        double[] blurred = blurred(plane, height, width);
        double[] half = new double[plane.length / 4];
        for (int i = 0; i < half.length; i++) {
            half[i] = blurred[i / (width / 2) * 2 * width + i % (width / 2) * 2];
        }
        return half;
    }

    private static double[] up(double[] half, int height, int width) {
        double[] sparse = new double[height * width];
        for (int i = 0; i < half.length; i++) {
            sparse[i / (width / 2) * 2 * width + i % (width / 2) * 2] = 4 * half[i];
        }
        return blurred(sparse, height, width);
    }

    private static double[] blurred(double[] plane, int height, int width) {
        double[] rows = new double[plane.length];
        for (int i = 0; i < plane.length; i++) {
            for (int k = -2; k <= 2; k++) {
                rows[i] += FILTER[k + 2] * plane[i / width * width + mirrored(i % width + k, width)];
            }
        }
        double[] blurred = new double[plane.length];
        for (int i = 0; i < plane.length; i++) {
            for (int k = -2; k <= 2; k++) {
                blurred[i] += FILTER[k + 2] * rows[mirrored(i / width + k, height) * width + i % width];
            }
        }
        return blurred;
    }

    private static int mirrored(int position, int size) {
        return position < 0 ? -position : position < size ? position : 2 * size - 2 - position;
    }
}
