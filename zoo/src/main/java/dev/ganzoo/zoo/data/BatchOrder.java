package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.random.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which samples make up which batch: a function of seed and step alone, so that a resumed run needs no more than its
 * step to go on exactly.
 *
 * <p>Every epoch is a fresh permutation of all samples, cut into batches; the samples that are left over at its end,
 * fewer than a batch, are left out of that epoch. Immutable and safe for use by several threads; the permutation of the
 * epoch asked for last is kept for speed.
 */
public final class BatchOrder {
    private final Randomness randomness;
    private final int samples;
    private final int batchSize;
    private volatile Epoch recent;

    private record Epoch(long number, int[] permutation) {}

    private BatchOrder(Randomness randomness, int samples, int batchSize) {
        this.randomness = randomness;
        this.samples = samples;
        this.batchSize = batchSize;
    }

    /**
     * The order under {@code seed}.
     *
     * @param samples the size of the dataset
     * @param batchSize samples in every batch
     * @throws IllegalArgumentException if the batch size is not in [1, {@code samples}]
     */
    public static BatchOrder of(long seed, int samples, int batchSize) {
        if (batchSize < 1 || batchSize > samples) {
            throw new IllegalArgumentException(
                    "batch size must be in [1, %d] (the number of samples), got %d".formatted(samples, batchSize));
        }
        return new BatchOrder(Randomness.of(seed).forPurpose("epoch-order"), samples, batchSize);
    }

    /** The number of whole batches in an epoch. */
    public int batchesPerEpoch() {
        return samples / batchSize;
    }

    /** The epoch that a batch belongs to, both counted from 0. */
    public long epoch(long batch) {
        return batch / batchesPerEpoch();
    }

    /**
     * The samples of a batch, as indices into the dataset.
     *
     * @param batch counted from 0 over all epochs
     * @return {@code batchSize} different indices in [0, {@code samples})
     * @throws IllegalArgumentException if {@code batch} is negative
     */
    public int[] indices(long batch) {
        if (batch < 0) {
            throw new IllegalArgumentException("batch must be at least 0, got " + batch);
        }
        int from = (int) (batch % batchesPerEpoch()) * batchSize;
        return Arrays.copyOfRange(epochOf(batch).permutation(), from, from + batchSize);
    }

    private Epoch epochOf(long batch) {
        Epoch epoch = recent;
        if (epoch == null || epoch.number() != epoch(batch)) {
            epoch = new Epoch(epoch(batch), permutation(epoch(batch)));
            recent = epoch;
        }
        return epoch;
    }

    /** By Fisher and Yates's shuffle. */
    private int[] permutation(long epoch) {
        RandomGenerator random = randomness.at(epoch);
        var order = new int[samples];
        for (int i = 0; i < samples; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
