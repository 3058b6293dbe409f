package dev.ganzoo.zoo.architecture;

/** Ranges of what specs say. */
final class Check {
    private static final int MOST = 1 << 16;
    private static final int MOST_PIXELS = 1 << 12;

    private Check() {}

    /** @throws IllegalArgumentException with {@code message} and the value found, unless {@code condition} */
    static void that(boolean condition, String message, Object found) {
        if (!condition) {
            throw new IllegalArgumentException(message + ", got " + found);
        }
    }

    /** @throws IllegalArgumentException unless the number of channels, classes or the like is in [1, 65536] */
    static void extent(String name, int value) {
        within(1, MOST, name, value);
    }

    /** @throws IllegalArgumentException unless the length, 0 for none, is in [0, 65536] */
    static void extentOrNone(String name, int value) {
        within(0, MOST, name, value);
    }

    /** @throws IllegalArgumentException unless height and width are in [1, 4096] */
    static void size(int size) {
        within(1, MOST_PIXELS, "size", size);
    }

    private static void within(int least, int most, String name, int value) {
        that(value >= least, "%s must be at least %d".formatted(name, least), value);
        that(value <= most, "%s must be at most %d".formatted(name, most), value);
    }

    static void channels(int channels) {
        that(channels == 1 || channels == 3, "channels must be 1 or 3", channels);
    }

    static void multipleOf(int divisor, String name, int value) {
        extent(name, value);
        that(value % divisor == 0, "%s must be a multiple of %d".formatted(name, divisor), value);
    }

    /**
     * How many values an image of {@code side}×{@code side} pixels has.
     *
     * @throws IllegalArgumentException if an array cannot hold as many
     */
    static int values(int channels, int side) {
        long values = (long) channels * side * side;
        that(
                values <= Integer.MAX_VALUE,
                "%d channels of %d×%d pixels must be at most %d values"
                        .formatted(channels, side, side, Integer.MAX_VALUE),
                values);
        return (int) values;
    }
}
