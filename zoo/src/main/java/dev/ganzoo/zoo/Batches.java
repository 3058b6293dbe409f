package dev.ganzoo.zoo;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A range in pieces. */
final class Batches {
    private Batches() {}

    /** From {@code from} to before {@code to}. */
    record Batch(int from, int to) {}

    static Stream<Batch> of(int count, int size) {
        return IntStream.rangeClosed(0, (count - 1) / size)
                .mapToObj(i -> new Batch(i * size, (int) Math.min(count, (i + 1L) * size)));
    }
}
