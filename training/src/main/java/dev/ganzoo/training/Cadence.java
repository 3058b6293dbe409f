package dev.ganzoo.training;

/**
 * How often a run writes what, in steps (of the generator, in a GAN). None of it changes the weights.
 *
 * @param log steps between lines of metrics, ≥ 1
 * @param samples steps between sample grids, ≥ 1
 * @param checkpoint steps between checkpoints, ≥ 1
 * @param keep how many of the latest checkpoints stay beside the best one, ≥ 1
 * @param evaluate epochs between measurements on test data, ≥ 0; 0 for none
 */
public record Cadence(int log, int samples, int checkpoint, int keep, int evaluate) {
    /** Metrics every 10 steps, grids every 500, checkpoints every 1,000, of which 3 stay, measurements after each epoch. */
    public static final Cadence DEFAULT = new Cadence(10, 500, 1_000, 3);

    /** With a measurement after each epoch. */
    public Cadence(int log, int samples, int checkpoint, int keep) {
        this(log, samples, checkpoint, keep, 1);
    }

    /** @throws IllegalArgumentException if a value is too low, naming it */
    public Cadence {
        check("log", log, 1);
        check("samples", samples, 1);
        check("checkpoint", checkpoint, 1);
        check("keep", keep, 1);
        check("evaluate", evaluate, 0);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be ≥ %d, got %d".formatted(name, least, value));
        }
    }
}
