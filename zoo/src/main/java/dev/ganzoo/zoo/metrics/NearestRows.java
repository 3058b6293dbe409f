package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.metrics.SquaredDistances.Panel;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The nearest other rows of the same set, as found so far. */
final class NearestRows {
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
        Object[] locks = IntStream.range(0, panels).mapToObj(i -> new Object()).toArray();
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
        while (place > 0 && (distance < best[place - 1] || distance == best[place - 1] && other < whose[place - 1])) {
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
