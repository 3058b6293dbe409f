package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.tensor.Tensor;

/** A generator being trained, as whoever measures it sees it: its moving average if there is one, in evaluation mode. */
public interface Sampler {
    /** How many components a latent has. */
    int latent();

    /** Whether the images are of the moving average. */
    boolean averaged();

    /**
     * Images of latents.
     *
     * @param latents (N, latent)
     * @param labels N classes, each in 0..classes-1; a generator that knows none takes no notice
     * @return (N, C, H, W) in [−1, 1]
     */
    Tensor sample(Tensor latents, int... labels);
}
