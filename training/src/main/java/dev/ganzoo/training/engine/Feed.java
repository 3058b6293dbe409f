package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.tensor.Tensor;

/**
 * What the networks see in training, each batch a function of its index so that a resumed run sees what an unbroken one
 * would have.
 */
public interface Feed {
    /** The {@code index}-th batch of real images, counted over the whole run. */
    Batch real(long index);

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
