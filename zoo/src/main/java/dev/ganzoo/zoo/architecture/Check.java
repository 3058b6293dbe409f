package dev.ganzoo.zoo.architecture;

/** Ranges of what specs say. */
final class Check {
    private Check() {}

    /** @throws IllegalArgumentException with {@code message} and the value found, unless {@code condition} */
    static void that(boolean condition, String message, Object found) {
        if (!condition) {
            throw new IllegalArgumentException(message + ", got " + found);
        }
    }

    static void atLeastOne(String name, int value) {
        that(value >= 1, name + " must be at least 1", value);
    }

    static void channels(int channels) {
        that(channels == 1 || channels == 3, "channels must be 1 or 3", channels);
    }

    static void multipleOf(int divisor, String name, int value) {
        atLeastOne(name, value);
        that(value % divisor == 0, "%s must be a multiple of %d".formatted(name, divisor), value);
    }
}
