package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.tensor.NpyArray;
import dev.ganzoo.zoo.tensor.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Statistics as {@code .npz} files; shapes are checked before memory is taken for the covariance. */
final class StatisticsFile {
    private static final String MEAN = "mu";
    private static final String COVARIANCE = "sigma";
    private static final String COUNT = "count";

    private StatisticsFile() {}

    static GaussianStatistics read(Path file) throws IOException {
        try (Npz npz = Npz.open(file)) {
            int[] mean = npz.shape(MEAN);
            if (mean.length != 1 || mean[0] < 1 || mean[0] > GaussianStatistics.MAX_WIDTH) {
                throw new IOException("%s: \"mu\" must have a shape of one extent in 1..%d, found %s"
                        .formatted(file, GaussianStatistics.MAX_WIDTH, Arrays.toString(mean)));
            }
            expect(file, COVARIANCE, npz.shape(COVARIANCE), mean[0], mean[0]);
            long count = 0;
            if (npz.names().contains(COUNT) && npz.shape(COUNT).length == 0) {
                count = (long) npz.array(COUNT).values()[0];
            }
            return new GaussianStatistics(
                    count, npz.array(MEAN).values(), npz.array(COVARIANCE).values());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void expect(Path file, String name, int[] found, int... expected) throws IOException {
        if (!Arrays.equals(found, expected)) {
            throw new IOException("%s: \"%s\" must have shape %s, found %s"
                    .formatted(file, name, Arrays.toString(expected), Arrays.toString(found)));
        }
    }

    static void write(Path file, GaussianStatistics statistics) throws IOException {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        int width = statistics.width();
        arrays.put(MEAN, NpyArray.of(statistics.mean(), width));
        arrays.put(COVARIANCE, NpyArray.of(statistics.covariance(), width, width));
        if (statistics.count() > 0) {
            arrays.put(COUNT, NpyArray.of(new double[] {statistics.count()}));
        }
        Npz.write(file, arrays);
    }
}
