package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;

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

    /**
     * The mean of these images, as the course has it of a batch.
     *
     * @param images {@code (N, C, H, W)} in [0, 1], N ≥ 1
     */
    static Start meanOf(Tensor images) {
        int[] shape = images.shape();
        if (shape.length != 4 || shape[0] < 1) {
            throw new InvalidRequestException(
                    "start", "images must have shape (N, C, H, W) with N ≥ 1, got " + Arrays.toString(shape));
        }
        double[] sum = new double[images.size() / shape[0]];
        for (int i = 0; i < images.size(); i++) {
            sum[i % sum.length] += images.data()[i];
        }
        Tensor mean = Tensor.zeros(1, shape[1], shape[2], shape[3]);
        for (int i = 0; i < sum.length; i++) {
            mean.data()[i] = (float) (sum[i] / shape[0]);
        }
        return new Image(mean);
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
