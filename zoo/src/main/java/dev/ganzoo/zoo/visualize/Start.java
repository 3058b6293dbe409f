package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.tensor.Tensor;

/** The image from which a search begins. All images of one request begin alike, unless they are given one by one. */
public sealed interface Start {
    /** The mean image of the model's training set if its package holds one, else mid grey. */
    static Start mean() {
        return new Mean();
    }

    /** Mid grey. */
    static Start grey() {
        return new Grey();
    }

    /** Gaussian noise of standard deviation 0.01 in the coordinates of the search: almost mid grey; another for each seed. */
    static Start noise() {
        return new Noise();
    }

    /**
     * A given image.
     *
     * @param image {@code (C, H, W)} or {@code (1, C, H, W)} for all, or {@code (N, C, H, W)} for N targets each its own;
     *     in [0, 1]
     */
    static Start image(Tensor image) {
        return new Image(image);
    }

    /** See {@link #mean()}. */
    record Mean() implements Start {}

    /** See {@link #grey()}. */
    record Grey() implements Start {}

    /** See {@link #noise()}. */
    record Noise() implements Start {}

    /** See {@link #image}. */
    record Image(Tensor image) implements Start {}
}
