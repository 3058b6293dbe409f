package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.metrics.SquaredDistances.Panel;
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
}
