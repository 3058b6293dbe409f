package dev.ganzoo.zoo.architecture;

/**
 * How an image comes about by doublings.
 *
 * @param bottom height and width at first, in 4..7
 * @param count how many doublings there are
 */
record Doublings(int bottom, int count) {
    private static final int LEAST_BOTTOM = 4;

    /** @throws IllegalArgumentException if the size is above 4096 or not 4, 5, 6 or 7 times a power of two, or is not doubled at all */
    static Doublings of(int size) {
        Check.size(size);
        int bottom = size;
        int count = 0;
        while (bottom >= 2 * LEAST_BOTTOM && bottom % 2 == 0) {
            bottom /= 2;
            count++;
        }
        Check.that(
                count >= 1 && bottom < 2 * LEAST_BOTTOM,
                "size must be 4, 5, 6 or 7 times a power of two above 1",
                size);
        return new Doublings(bottom, count);
    }

    /** {@code narrowest} doubled for every doubling of the image but the last. */
    int widest(int narrowest) {
        return narrowest << count - 1;
    }
}
