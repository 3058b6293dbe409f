package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.data.BatchOrder;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.random.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The part of a dataset whose labels may be looked at: drawn once for a seed, with as many of each class as can be, and handed
 * out in batches, all of it in a fresh order each time round.
 */
final class LabelledPart {
    private final int[] samples;
    private final BatchOrder order;

    /** A part of {@code fraction} of all samples, at least one a class; batches are smaller than {@code batch} if it is. */
    LabelledPart(Dataset dataset, double fraction, int batch, long seed) {
        Randomness randomness = Randomness.of(seed).forPurpose("labelled");
        this.samples = choose(dataset, fraction, randomness.at(0));
        this.order = BatchOrder.of(randomness.at(1).nextLong(), samples.length, Math.min(batch, samples.length));
    }

    /** Goes round and round the classes, each of which gives its next sample in a random order until it has no more. */
    private static int[] choose(Dataset dataset, double fraction, RandomGenerator random) {
        int[] all = new int[dataset.size()];
        Arrays.setAll(all, i -> i);
        shuffle(all, random);
        int[] labels = dataset.labels(all);
        long classes = Arrays.stream(labels).distinct().count();
        long count = Math.max(classes, Math.round(fraction * all.length));
        int[] taken = new int[dataset.classNames().size()];
        long[] keys = new long[all.length];
        for (int i = 0; i < all.length; i++) {
            int round = taken[labels[i]]++;
            keys[i] = (((long) round * taken.length + labels[i]) << Integer.SIZE) | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).limit(count).mapToInt(key -> all[(int) key]).toArray();
    }

    private static void shuffle(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
    }

    /** The samples of batch {@code index}, as indices into the dataset. */
    int[] batch(long index) {
        return Arrays.stream(order.indices(index)).map(i -> samples[i]).toArray();
    }

    /** How often all of it had been handed out before batch {@code index}. */
    long epoch(long index) {
        return order.epoch(index);
    }
}
