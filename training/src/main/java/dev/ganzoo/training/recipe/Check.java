package dev.ganzoo.training.recipe;

/** Ranges of hyperparameters. */
final class Check {
    private Check() {}

    /** @throws IllegalArgumentException with {@code message} and the value found, unless {@code condition} */
    static void that(boolean condition, String message, Object found) {
        if (!condition) {
            throw new IllegalArgumentException(message + ", got " + found);
        }
    }

    static void rate(String name, double rate) {
        that(rate > 0 && Double.isFinite(rate), name + " must be > 0 and finite", rate);
    }

    static void fraction(String name, double fraction) {
        that(fraction >= 0 && fraction < 1, name + " must be in [0, 1)", fraction);
    }
}
