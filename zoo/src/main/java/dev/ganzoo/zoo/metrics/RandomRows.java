package dev.ganzoo.zoo.metrics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random choices of rows. */
final class RandomRows {
    private RandomRows() {}

    /** {@code chosen} different ones of {@code 0..count-1} in random order (Fisher and Yates). */
    static int[] choose(int count, int chosen, RandomGenerator random) {
        int[] rows = IntStream.range(0, count).toArray();
        for (int i = 0; i < chosen; i++) {
            int other = random.nextInt(i, count);
            int row = rows[other];
            rows[other] = rows[i];
            rows[i] = row;
        }
        return Arrays.copyOf(rows, chosen);
    }
}
