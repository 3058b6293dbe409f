package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.metrics.SquaredDistances.Panel;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Balls around the rows of real and of fake features, each reaching to the k-th nearest other row of its own set, and how
 * they cover the other set. Distances are found in panels, of which one for each core is in memory at a time.
 */
final class Neighbourhoods {
    private final SquaredDistances distances;
    private final int neighbours;
    private final double[] realRadii;
    private final double[] fakeRadii;
    private final boolean[] realInFakeBall;
    private final boolean[] realBallWithFake;
    private final boolean[] fakeInRealBall;
    private long pairs;

    private Neighbourhoods(Features real, Features fake, int neighbours, boolean ofFakeToo) {
        this.neighbours = neighbours;
        this.distances = new SquaredDistances(real, fake);
        this.realRadii = NearestRows.squaredRadii(real, neighbours);
        this.fakeRadii = ofFakeToo ? NearestRows.squaredRadii(fake, neighbours) : new double[fake.rows()];
        this.realInFakeBall = new boolean[real.rows()];
        this.realBallWithFake = new boolean[real.rows()];
        this.fakeInRealBall = new boolean[fake.rows()];
    }

    /**
     * @param ofFakeToo whether fake rows get balls, without which there is no recall
     * @throws IllegalArgumentException if the widths differ, or a set has not more rows than {@code neighbours}
     */
    static Neighbourhoods of(Features real, Features fake, int neighbours, boolean ofFakeToo) {
        Features.checkWidths(real, fake);
        int most = Math.min(real.rows(), ofFakeToo ? fake.rows() : Integer.MAX_VALUE) - 1;
        if (neighbours < 1 || neighbours > most || fake.rows() < 1) {
            throw new IllegalArgumentException("neighbours must be in 1..%d for %d real and %d fake images, got %d"
                    .formatted(most, real.rows(), fake.rows(), neighbours));
        }
        Neighbourhoods neighbourhoods = new Neighbourhoods(real, fake, neighbours, ofFakeToo);
        neighbourhoods.compareAll();
        return neighbourhoods;
    }

    private void compareAll() {
        int panels = distances.columnPanels();
        pairs = LongStream.range(0, (long) distances.rowPanels() * panels)
                .parallel()
                .map(pair -> compare(distances.panel((int) (pair / panels), (int) (pair % panels))))
                .sum();
    }

    /** The number of fake rows strictly inside of balls of real rows. Threads that write the same flag write the same. */
    private long compare(Panel panel) {
        long inside = 0;
        for (int k = 0; k < panel.distances().length; k++) {
            double distance = panel.distances()[k];
            int real = panel.row() + k / panel.width(), fake = panel.column() + k % panel.width();
            int toReal = distances.compare(distance, real, fake, realRadii[real]);
            if (toReal <= 0) {
                fakeInRealBall[fake] = true;
            }
            if (toReal < 0) {
                realBallWithFake[real] = true;
                inside++;
            }
            if (!realInFakeBall[real] && distances.compare(distance, real, fake, fakeRadii[fake]) <= 0) {
                realInFakeBall[real] = true;
            }
        }
        return inside;
    }

    PrecisionRecall precisionRecall() {
        return new PrecisionRecall(share(fakeInRealBall), share(realInFakeBall));
    }

    DensityCoverage densityCoverage() {
        return new DensityCoverage(pairs / ((double) neighbours * fakeInRealBall.length), share(realBallWithFake));
    }

    private static double share(boolean[] flags) {
        return IntStream.range(0, flags.length).filter(i -> flags[i]).count() / (double) flags.length;
    }

    /** The nearest other rows of the same set, as found so far. */
    private static final class NearestRows {
        private final int neighbours;
        private final double[][] nearest;
        private final int[][] indices;

        private NearestRows(int rows, int neighbours) {
            this.neighbours = neighbours;
            this.nearest = new double[rows][neighbours];
            this.indices = new int[rows][neighbours];
            for (double[] distances : nearest) {
                Arrays.fill(distances, Double.POSITIVE_INFINITY);
            }
        }

        /** For every row, the exact squared distance to its {@code neighbours}-th nearest other row. */
        static double[] squaredRadii(Features set, int neighbours) {
            SquaredDistances distances = new SquaredDistances(set, set);
            NearestRows found = new NearestRows(set.rows(), neighbours);
            int panels = distances.rowPanels();
            Object[] locks =
                    IntStream.range(0, panels).mapToObj(i -> new Object()).toArray();
            IntStream.range(0, panels * panels)
                    .parallel()
                    .filter(pair -> pair / panels <= pair % panels)
                    .forEach(pair -> {
                        int i = pair / panels, j = pair % panels;
                        Panel panel = distances.panel(i, j);
                        synchronized (locks[i]) {
                            found.offerRows(panel);
                        }
                        if (i != j) {
                            synchronized (locks[j]) {
                                found.offerColumns(panel);
                            }
                        }
                    });
            return IntStream.range(0, set.rows())
                    .mapToDouble(row -> distances.exact(row, found.indices[row][neighbours - 1]))
                    .toArray();
        }

        private void offerRows(Panel panel) {
            for (int k = 0; k < panel.distances().length; k++) {
                offer(panel.row() + k / panel.width(), panel.column() + k % panel.width(), panel.distances()[k]);
            }
        }

        private void offerColumns(Panel panel) {
            for (int k = 0; k < panel.distances().length; k++) {
                offer(panel.column() + k % panel.width(), panel.row() + k / panel.width(), panel.distances()[k]);
            }
        }

        /** Of equal distances that to the first row counts as nearer, whichever thread comes first. */
        private void offer(int row, int other, double distance) {
            double[] best = nearest[row];
            int[] whose = indices[row];
            int place = neighbours;
            while (place > 0
                    && (distance < best[place - 1] || distance == best[place - 1] && other < whose[place - 1])) {
                place--;
            }
            if (place == neighbours || row == other) {
                return;
            }
            System.arraycopy(best, place, best, place + 1, neighbours - place - 1);
            System.arraycopy(whose, place, whose, place + 1, neighbours - place - 1);
            best[place] = distance;
            whose[place] = other;
        }
    }
}
