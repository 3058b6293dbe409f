package dev.ganzoo.export.onnx.reading;

import java.util.Arrays;

/** Arithmetic of extents, of which a negative one, {@code -k}, is k times the batch size. */
final class Extents {
    private Extents() {}

    /** The product, in which the batch may occur once. */
    static int product(int... extents) {
        long product = 1;
        for (int extent : extents) {
            if (product < 0 && extent < 0) {
                throw new Unsupported("the batch must not be in two axes that become one");
            }
            product *= extent;
            if (Math.abs(product) > Budget.MOST_ELEMENTS) {
                throw new IllegalArgumentException(
                        "an axis must have at most %d entries".formatted(Budget.MOST_ELEMENTS));
            }
        }
        return (int) product;
    }

    /** The product of extents from {@code from} to before {@code to}. */
    static int product(int[] extents, int from, int to) {
        return product(Arrays.copyOfRange(extents, from, to));
    }
}
