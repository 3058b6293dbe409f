package dev.ganzoo.zoo.classifier;

import dev.ganzoo.zoo.tensor.Tensor;

/**
 * A classifier as attacks and visualisations see it: images in, logits out, and where it can be differentiated the
 * gradient of an {@link Objective} with respect to the images.
 *
 * <p>Images are {@code (N, C, H, W)} with values in [0, 1], any N ≥ 1 up to {@link #batch}; normalisation is the network's
 * own business. Image {@code n} of a result depends on image {@code n} alone. Implementations are safe for use by several
 * threads and keep no reference to what they are given.
 */
public interface ClassifierNetwork {
    /** The shape of every image. */
    ImageShape shape();

    /** The number of classes, K. */
    int classes();

    /** The most images that one call may bring; callers split what is more. */
    default int batch() {
        return 64;
    }

    /**
     * The logits (not probabilities) of each class.
     *
     * @param images {@code (N, C, H, W)} in [0, 1]
     * @return {@code (N, K)}
     * @throws IllegalArgumentException if the shape is not so
     */
    Tensor logits(Tensor images);

    /** Whether {@link #gradient} works; otherwise only attacks that look at nothing but logits do. */
    boolean differentiable();

    /**
     * The logits, the objective, and its gradient, in one pass.
     *
     * @param images {@code (N, C, H, W)} in [0, 1]
     * @param objective of as many images and this network's classes
     * @throws IllegalArgumentException if shapes are not so
     * @throws UnsupportedOperationException if this network is not {@link #differentiable}
     */
    Evaluation gradient(Tensor images, Objective objective);
}
