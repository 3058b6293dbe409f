package dev.ganzoo.zoo.metrics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Mean and covariance of features, all that the {@linkplain FrechetDistance Fréchet distance} knows of them.
 *
 * <p>The arrays are shared, not copied; whoever holds statistics treats them as read-only.
 *
 * @param count the number of images, ≥ 2; 0 if unknown, as of most published statistics
 * @param mean (width)
 * @param covariance (width, width), symmetric; divided by count − 1 as by {@code numpy.cov}
 */
public record GaussianStatistics(long count, double[] mean, double[] covariance) {
    /** The largest width: the covariance has 2 GB there. */
    public static final int MAX_WIDTH = 16_384;

    private static final double ASYMMETRY = 1e-5;

    /**
     * @throws IllegalArgumentException if the count is 1 or negative, the extents do not match, a value is not finite,
     *     a variance is negative, or the covariance is not symmetric
     */
    public GaussianStatistics {
        if (count < 0 || count == 1) {
            throw new IllegalArgumentException("covariance needs at least 2 images (0: unknown), got " + count);
        }
        checkWidth(mean.length);
        if (covariance.length != mean.length * mean.length) {
            throw new IllegalArgumentException("covariance must have %d × %1$d values as the mean has %1$d, got %d"
                    .formatted(mean.length, covariance.length));
        }
        checkFinite("mean", mean);
        checkFinite("covariance", covariance);
        checkSymmetric(mean.length, covariance);
    }

    /** Statistics of features that come in pieces. */
    public static Accumulator accumulator(int width) {
        return new Accumulator(width);
    }

    /** Statistics of all rows of {@code features}. */
    public static GaussianStatistics of(Features features) {
        return accumulator(features.width()).add(features).statistics();
    }

    /**
     * Reads statistics as others publish them: an {@code .npz} with {@code mu} (width) and {@code sigma} (width, width), and
     * {@code count} if {@link #write} wrote it.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it is not such a file; the message names the file, what was expected and what was found
     */
    public static GaussianStatistics read(Path file) throws IOException {
        return StatisticsFile.read(file);
    }

    /** Writes the file, whole or not at all, as float64 {@code mu}, {@code sigma} and, if known, {@code count}. */
    public void write(Path file) throws IOException {
        StatisticsFile.write(file, this);
    }

    /** The number of features of an image. */
    public int width() {
        return mean.length;
    }

    private static void checkWidth(int width) {
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException("width must be in 1..%d, got %d".formatted(MAX_WIDTH, width));
        }
    }

    private static void checkFinite(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "%s must be finite, got %s at position %d".formatted(what, values[i], i));
            }
        }
    }

    private static void checkSymmetric(int width, double[] covariance) {
        double largest = 0;
        for (int i = 0; i < width; i++) {
            double variance = covariance[i * width + i];
            if (variance < 0) {
                throw new IllegalArgumentException(
                        "variances must be >= 0, got %s of feature %d".formatted(variance, i));
            }
            largest = Math.max(largest, variance);
        }
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                double here = covariance[i * width + j], there = covariance[j * width + i];
                if (Math.abs(here - there) > ASYMMETRY * largest) {
                    throw new IllegalArgumentException(
                            "covariance must be symmetric, got %s at (%d, %d) and %s at (%3$d, %2$d)"
                                    .formatted(here, i, j, there));
                }
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GaussianStatistics that
                && count == that.count
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(covariance, that.covariance);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(count) + Arrays.hashCode(mean);
    }

    @Override
    public String toString() {
        return "GaussianStatistics[%s images, width %d]".formatted(count == 0 ? "unknown" : count, mean.length);
    }

    /**
     * Sums up features in two arrays of width × width and {@value #BLOCK} × width doubles, whatever their number.
     *
     * <p>Rows are taken in blocks, each about its own mean, which are then merged (Chan, Golub and LeVeque 1983): features
     * far from zero lose no digits. How rows are divided among calls of {@link #add} does not change the result. Not safe
     * for use by several threads.
     */
    public static final class Accumulator {
        private static final int BLOCK = 512;

        private final int width;
        private final double[] mean;
        private final double[] scatter;
        // One row more than a block: merging two blocks adds the row of their means' difference.
        private final double[] block;
        private int waiting;
        private long count;

        private Accumulator(int width) {
            checkWidth(width);
            this.width = width;
            this.mean = new double[width];
            this.scatter = new double[width * width];
            this.block = new double[(BLOCK + 1) * width];
        }

        /**
         * Adds all rows.
         *
         * @throws IllegalArgumentException if they have another width
         */
        public Accumulator add(Features features) {
            if (features.width() != width) {
                throw new IllegalArgumentException(
                        "features must have width %d as those before, got %d".formatted(width, features.width()));
            }
            float[] values = features.values();
            for (int row = 0; row < features.rows(); row++) {
                for (int i = 0; i < width; i++) {
                    block[waiting * width + i] = values[row * width + i];
                }
                if (++waiting == BLOCK) {
                    merge();
                }
            }
            return this;
        }

        /** The number of rows so far. */
        public long count() {
            return count + waiting;
        }

        /**
         * Of all rows so far; more may be added afterwards.
         *
         * @throws IllegalArgumentException if there are fewer than two
         */
        public GaussianStatistics statistics() {
            if (count() < 2) {
                throw new IllegalArgumentException("covariance needs at least 2 images, got " + count());
            }
            merge();
            double[] covariance = new double[width * width];
            for (int j = 0; j < width; j++) {
                for (int i = j; i < width; i++) {
                    covariance[i * width + j] = scatter[i + j * width] / (count - 1);
                    covariance[j * width + i] = covariance[i * width + j];
                }
            }
            return new GaussianStatistics(count, mean.clone(), covariance);
        }

        private void merge() {
            if (waiting == 0) {
                return;
            }
            double[] center = new double[width];
            for (int row = 0; row < waiting; row++) {
                for (int i = 0; i < width; i++) {
                    center[i] += block[row * width + i] / waiting;
                }
            }
            for (int row = 0; row < waiting; row++) {
                for (int i = 0; i < width; i++) {
                    block[row * width + i] -= center[i];
                }
            }
            double share = (double) waiting / (count + waiting);
            double weight = Math.sqrt(count * share);
            for (int i = 0; i < width; i++) {
                double difference = center[i] - mean[i];
                block[waiting * width + i] = weight * difference;
                mean[i] += share * difference;
            }
            LinearAlgebra.addScatter(block, waiting + 1, width, scatter);
            count += waiting;
            waiting = 0;
        }
    }
}
