package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Interpolation;
import java.util.Arrays;

/**
 * Where a resized axis takes its entries from.
 *
 * @param mode nearest or linear
 * @param coordinates how a place in the result is one in the input
 * @param rounding to which neighbour nearest goes
 */
record Sampling(String mode, String coordinates, String rounding) {
    /** The weight of each input entry (column) in each result entry (row). */
    double[][] matrix(Call call, int from, int to, double scale) {
        call.budget().claim((long) from * to, 2 * Double.BYTES);
        double[][] matrix = new double[to][from];
        for (int i = 0; i < to; i++) {
            double x = source(i, from, to, scale);
            switch (mode) {
                case "nearest" -> matrix[i][clamped(nearest(x), from)] = 1;
                case "linear", "bilinear" -> {
                    double inside = Math.max(0, Math.min(x, from - 1));
                    int lower = (int) Math.floor(inside);
                    double weight = inside - lower;
                    matrix[i][lower] += 1 - weight;
                    matrix[i][clamped(lower + 1, from)] += weight;
                }
                default -> throw new Unsupported("mode must be nearest or linear, got " + mode);
            }
        }
        return matrix;
    }

    private static int clamped(double index, int extent) {
        return (int) Math.max(0, Math.min(index, extent - 1));
    }

    private double source(int i, int from, int to, double scale) {
        return switch (coordinates) {
            case "asymmetric" -> i / scale;
            case "half_pixel" -> (i + 0.5) / scale - 0.5;
            case "pytorch_half_pixel" -> to > 1 ? (i + 0.5) / scale - 0.5 : 0;
            case "align_corners" -> to > 1 ? i * (from - 1.0) / (to - 1) : 0;
            case "tf_half_pixel_for_nn" -> (i + 0.5) / scale;
            case "half_pixel_symmetric" -> {
                double adjustment = to / (from * scale);
                double centre = from / 2.0;
                yield centre * (1 - adjustment) + (i + 0.5) / scale - 0.5;
            }
            default -> throw new Unsupported("coordinate_transformation_mode is not read: " + coordinates);
        };
    }

    private double nearest(double x) {
        return switch (rounding) {
            case "round_prefer_floor" -> Math.ceil(x - 0.5);
            case "round_prefer_ceil" -> Math.floor(x + 0.5);
            case "floor" -> Math.floor(x);
            case "ceil" -> Math.ceil(x);
            default ->
                throw new IllegalArgumentException(
                        "nearest_mode must be round_prefer_floor, round_prefer_ceil, floor or ceil, got " + rounding);
        };
    }

    /** Whether a matrix is that of an enlargement by a whole factor. */
    boolean isWhole(Interpolation interpolation, double[][] matrix, int factor) {
        int from = matrix[0].length;
        for (int i = 0; i < matrix.length; i++) {
            double[] row = new double[from];
            if (interpolation == Interpolation.NEAREST) {
                row[i / factor] = 1;
            } else {
                double x = Math.max(0, Math.min((i + 0.5) / factor - 0.5, from - 1));
                int lower = (int) x;
                row[lower] += 1 - (x - lower);
                row[clamped(lower + 1.0, from)] += x - lower;
            }
            if (!Arrays.equals(row, matrix[i])) {
                return false;
            }
        }
        return true;
    }
}
