package dev.ganzoo.training.engine;

import dev.ganzoo.training.augmentation.Augmentation;
import dev.ganzoo.training.augmentation.Picture;
import dev.ganzoo.zoo.data.BatchOrder;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * Labelled images in a fresh order each epoch, each changed at random: by a function of the seed, the epoch and the image
 * alone.
 */
public final class AugmentedFeed implements LabelledFeed {
    private final Dataset dataset;
    private final Augmentation augmentation;
    private final LongFunction<int[]> order;
    private final LongUnaryOperator epochs;
    private final Randomness randomness;

    /** A feed of batches of {@code batch}; everything is a function of {@code seed}. */
    public AugmentedFeed(Dataset dataset, Augmentation augmentation, int batch, long seed) {
        this(dataset, augmentation, batch, seed, 1);
    }

    /** The same of the images whose labels may be looked at, those of {@link DatasetFeed#labelled}. */
    public AugmentedFeed(Dataset dataset, Augmentation augmentation, int batch, long seed, double labelled) {
        this.dataset = dataset;
        this.augmentation = augmentation;
        this.randomness = Randomness.of(seed).forPurpose("augmentation");
        if (labelled == 1) {
            BatchOrder all = BatchOrder.of(seed, dataset.size(), batch);
            this.order = all::indices;
            this.epochs = all::epoch;
        } else {
            LabelledPart part = new LabelledPart(dataset, labelled, batch, seed);
            this.order = part::batch;
            this.epochs = part::epoch;
        }
    }

    @Override
    public Feed.Batch batch(long index) {
        int[] samples = order.apply(index);
        long firstOfEpoch = epochs.applyAsLong(index) * dataset.size();
        Tensor images = Tensor.zeros(samples.length, dataset.channels(), dataset.height(), dataset.width());
        IntStream.range(0, samples.length).parallel().forEach(i -> {
            Picture picture =
                    Picture.of(dataset.pixels(samples[i]), dataset.channels(), dataset.height(), dataset.width());
            Picture changed = augmentation.apply(picture, randomness.at(firstOfEpoch + samples[i]));
            changed.copyTo(images.data(), i * dataset.imageValues());
        });
        int classes = dataset.classNames().size();
        return new Feed.Batch(images, Labels.oneHot(dataset.labels(samples), classes));
    }
}
