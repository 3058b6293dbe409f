package dev.ganzoo.training;

/**
 * How often a run writes what, in generator steps. None of it changes the weights.
 *
 * @param log steps between lines of metrics, ≥ 1
 * @param samples steps between sample grids, ≥ 1
 * @param checkpoint steps between checkpoints, ≥ 1
 * @param keep how many of the latest checkpoints stay, ≥ 1
 */
public record Cadence(int log, int samples, int checkpoint, int keep) {
    /** Metrics every 10 steps, grids every 500, checkpoints every 1,000, of which 3 stay. */
    public static final Cadence DEFAULT = new Cadence(10, 500, 1_000, 3);

    /** @throws IllegalArgumentException if a value is below 1, naming it */
    public Cadence {
        check("log", log);
        check("samples", samples);
        check("checkpoint", checkpoint);
        check("keep", keep);
    }

    private static void check(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be ≥ 1, got %d".formatted(name, value));
        }
    }
}
