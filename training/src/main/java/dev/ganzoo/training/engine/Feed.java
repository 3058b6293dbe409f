package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.tensor.Tensor;

/**
 * What the networks see in training, each batch a function of its index so that a resumed run sees what an unbroken one
 * would have.
 */
public interface Feed {
    /** How many classes there are. */
    int classes();

    /** The {@code index}-th batch of real images, counted over the whole run. */
    Batch real(long index);

    /**
     * The {@code index}-th batch of real images whose labels may be looked at.
     *
     * @param fraction how large a part of all images these are, in (0, 1]
     */
    default Batch labelled(double fraction, long index) {
        throw new UnsupportedOperationException("this feed does not know which images are labelled");
    }

    /** The {@code index}-th batch of latents for discriminator steps. */
    Batch discriminatorLatents(long index);

    /** The {@code index}-th batch of latents for generator steps. */
    Batch generatorLatents(long index);

    /**
     * Images or latents with their classes.
     *
     * @param values images (N, C, H, W) in [−1, 1] or latents (N, latent)
     * @param classWeights one-hot rows (N, classes)
     */
    record Batch(Tensor values, Tensor classWeights) {}
}
