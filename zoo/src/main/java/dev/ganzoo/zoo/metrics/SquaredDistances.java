package dev.ganzoo.zoo.metrics;

import java.util.stream.IntStream;

/**
 * Squared Euclidean distances of every row of one set to every row of another, panel by panel, by products of matrices.
 *
 * <p>|x − y|² = |x|² + |y|² − 2 x·y loses digits where rows are close together or far from zero. So rows are centered, and
 * where a comparison is closer than rounding, {@link #compare} sums up the differences themselves: ties are ties.
 */
final class SquaredDistances {
    private static final int PANEL = 512;
    private static final double ROUNDING = 1e-11;

    private final Features rows;
    private final Features columns;
    private final double[] center;
    private final double[] rowNorms;
    private final double[] columnNorms;

    SquaredDistances(Features rows, Features columns) {
        this.rows = rows;
        this.columns = columns;
        this.center = mean(rows);
        this.rowNorms = norms(rows);
        this.columnNorms = norms(columns);
    }

    /** Distances of the rows from {@code row} on to the columns from {@code column} on, row-major. */
    record Panel(int row, int column, int height, int width, double[] distances) {}

    int rowPanels() {
        return panels(rows);
    }

    int columnPanels() {
        return panels(columns);
    }

    /** The distances of the {@code i}-th panel of rows to the {@code j}-th panel of columns. */
    Panel panel(int i, int j) {
        int row = i * PANEL, height = Math.min(PANEL, rows.rows() - row);
        int column = j * PANEL, width = Math.min(PANEL, columns.rows() - column);
        double[] distances = LinearAlgebra.rowProducts(
                centered(rows, row, row + height),
                height,
                centered(columns, column, column + width),
                width,
                rows.width());
        for (int k = 0; k < distances.length; k++) {
            distances[k] = rowNorms[row + k / width] + columnNorms[column + k % width] - 2 * distances[k];
        }
        return new Panel(row, column, height, width, distances);
    }

    /** How a distance found in a panel compares with {@code other}, an exact one: negative, zero or positive. */
    int compare(double distance, int row, int column, double other) {
        double difference = distance - other;
        return Math.abs(difference) > ROUNDING * (rowNorms[row] + columnNorms[column])
                ? (int) Math.signum(difference)
                : Double.compare(exact(row, column), other);
    }

    /** The distance of two rows, summed up from their differences; the same either way round. */
    double exact(int row, int column) {
        float[] x = rows.values(), y = columns.values();
        int width = rows.width();
        double sum = 0;
        for (int i = 0; i < width; i++) {
            double difference = (double) x[row * width + i] - y[column * width + i];
            sum += difference * difference;
        }
        return sum;
    }

    private static int panels(Features features) {
        return (features.rows() + PANEL - 1) / PANEL;
    }

    private static double[] mean(Features features) {
        double[] mean = new double[features.width()];
        float[] values = features.values();
        for (int i = 0; i < values.length; i++) {
            mean[i % mean.length] += values[i] / (double) features.rows();
        }
        return mean;
    }

    private double[] norms(Features features) {
        return IntStream.range(0, features.rows())
                .parallel()
                .mapToDouble(row -> {
                    double sum = 0;
                    for (double value : centered(features, row, row + 1)) {
                        sum += value * value;
                    }
                    return sum;
                })
                .toArray();
    }

    private double[] centered(Features features, int first, int end) {
        double[] values = features.doubles(first, end);
        for (int i = 0; i < values.length; i += center.length) {
            for (int k = 0; k < center.length; k++) {
                values[i + k] -= center[k];
            }
        }
        return values;
    }
}
