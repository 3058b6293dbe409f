package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.data.BatchOrder;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Real images from a dataset in a fresh order each epoch; latents N(0, 1) with classes drawn uniformly. */
public final class DatasetFeed implements Feed {
    private final Dataset dataset;
    private final BatchOrder order;
    private final int batch;
    private final int latent;
    private final long seed;
    private final Map<Double, LabelledPart> labelledParts = new HashMap<>();
    private final Randomness discriminatorLatents;
    private final Randomness generatorLatents;

    /** A feed of batches of {@code batch}; everything is a function of {@code seed}. */
    public DatasetFeed(Dataset dataset, int batch, int latent, long seed) {
        this.dataset = dataset;
        this.order = BatchOrder.of(seed, dataset.size(), batch);
        this.batch = batch;
        this.latent = latent;
        this.seed = seed;
        this.discriminatorLatents = Randomness.of(seed).forPurpose("discriminator-latents");
        this.generatorLatents = Randomness.of(seed).forPurpose("generator-latents");
    }

    @Override
    public int classes() {
        return dataset.classNames().size();
    }

    @Override
    public Batch real(long index) {
        return batch(order.indices(index));
    }

    @Override
    public Batch labelled(double fraction, long index) {
        return batch(labelledParts
                .computeIfAbsent(fraction, part -> new LabelledPart(dataset, part, batch, seed))
                .batch(index));
    }

    private Batch batch(int[] samples) {
        return new Batch(dataset.images(samples), Labels.oneHot(dataset.labels(samples), classes()));
    }

    @Override
    public Batch discriminatorLatents(long index) {
        return latents(discriminatorLatents.at(index));
    }

    @Override
    public Batch generatorLatents(long index) {
        return latents(generatorLatents.at(index));
    }

    /**
     * The fixed latents of sample grids and golden samples: {@code perClass} of each class, class by class. The latents of
     * a class start the same whatever {@code perClass} is.
     */
    public static Batch fixedLatents(int classes, int perClass, int latent, long seed) {
        Randomness randomness = Randomness.of(seed).forPurpose("fixed-latents");
        Tensor z = Tensor.zeros(classes * perClass, latent);
        int[] labels = new int[classes * perClass];
        for (int label = 0; label < classes; label++) {
            RandomGenerator random = randomness.at(label);
            for (int i = 0; i < perClass; i++) {
                int row = label * perClass + i;
                labels[row] = label;
                fillNormal(z, row * latent, latent, random);
            }
        }
        return new Batch(z, Labels.oneHot(labels, classes));
    }

    private Batch latents(RandomGenerator random) {
        Tensor z = Tensor.zeros(batch, latent);
        fillNormal(z, 0, z.size(), random);
        int[] labels = random.ints(batch, 0, classes()).toArray();
        return new Batch(z, Labels.oneHot(labels, classes()));
    }

    private static void fillNormal(Tensor tensor, int from, int count, RandomGenerator random) {
        for (int i = from; i < from + count; i++) {
            tensor.data()[i] = (float) random.nextGaussian();
        }
    }
}
