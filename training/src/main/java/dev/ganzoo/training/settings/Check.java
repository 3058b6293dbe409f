package dev.ganzoo.training.settings;

/** Ranges of hyperparameters. */
public final class Check {
    private Check() {}

    /** @throws IllegalArgumentException with {@code message} and the value found, unless {@code condition} */
    public static void that(boolean condition, String message, Object found) {
        if (!condition) {
            throw new IllegalArgumentException(message + ", got " + found);
        }
    }

    /** @throws IllegalArgumentException unless the rate is positive and finite */
    public static void rate(String name, double rate) {
        that(rate > 0 && Double.isFinite(rate), name + " must be > 0 and finite", rate);
    }

    /** @throws IllegalArgumentException unless the fraction is in [0, 1) */
    public static void fraction(String name, double fraction) {
        that(fraction >= 0 && fraction < 1, name + " must be in [0, 1)", fraction);
    }

    /** @throws IllegalArgumentException unless the weight of a loss is 0, for none, or positive and finite */
    public static void weight(String name, double weight) {
        that(weight >= 0 && Double.isFinite(weight), name + " must be ≥ 0 and finite", weight);
    }
}
