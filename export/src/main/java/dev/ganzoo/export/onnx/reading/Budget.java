package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.export.onnx.OnnxReadException;

/** What reading one file may cost: bytes computed on the way, beside those that the file itself holds. */
final class Budget {
    /** The largest value of the network for one image: a gigabyte of floats. */
    static final long MOST_ELEMENTS = 1L << 28;

    /** The most nodes, after functions are written out. */
    static final int MOST_NODES = 100_000;

    /** The most protobuf messages, of which a short file could otherwise hold very many. */
    static final int MOST_MESSAGES = 2_000_000;

    private static final long BASE = 128L << 20;

    private long most = BASE;
    private long claimed;

    /** Every byte that a file holds may be computed with a few times, as transposing or splitting weights does. */
    void allow(long fileBytes) {
        most += 4 * fileBytes;
    }

    /** Called before {@code elements} numbers of {@code width} bytes are computed. */
    int claim(long elements, int width) {
        if (elements > MOST_ELEMENTS || (claimed += elements * width) > most) {
            throw new OnnxReadException(
                    "constants computed while reading must stay below %d MiB, got a further one of %d elements"
                            .formatted(most >> 20, elements));
        }
        return (int) elements;
    }

    /** The product of extents, which may be 0. */
    static long product(int... extents) {
        long product = 1;
        for (int extent : extents) {
            product *= Math.abs((long) extent);
            if (product > MOST_ELEMENTS) {
                return Long.MAX_VALUE;
            }
        }
        return product;
    }
}
