package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;

/**
 * What of a layer's activation A is to grow, for each image of a batch:
 *
 * <pre>{@code
 * objective_n = Σ linear_n · A_n + Σ_c max_nc · max_hw A_nc + Σ_c square_nc · mean_hw A_nc²
 * }</pre>
 *
 * The mean of a channel, a neuron and a direction are linear; the course's spatial maximum is the second term; DeepDream is
 * the third. For a layer of shape {@code (F)} the maximum and the mean are over the one value.
 *
 * @param linear {@code (N, C, H, W)}, or {@code (N, F)}: a weight for each value
 * @param max {@code (N, C)}
 * @param square {@code (N, C)}
 */
public record LayerObjective(Tensor linear, Tensor max, Tensor square) {
    /** @throws IllegalArgumentException if the shapes do not fit together */
    public LayerObjective {
        int[] shape = linear.shape();
        if (shape.length != 2 && shape.length != 4) {
            throw new IllegalArgumentException(
                    "linear weights must have shape (N, C, H, W) or (N, F), got " + Arrays.toString(shape));
        }
        int[] channels = {shape[0], shape[1]};
        if (!Arrays.equals(max.shape(), channels) || !Arrays.equals(square.shape(), channels)) {
            throw new IllegalArgumentException("max and square weights must have shape %s, got %s and %s"
                    .formatted(
                            Arrays.toString(channels), Arrays.toString(max.shape()), Arrays.toString(square.shape())));
        }
    }

    /** All weights 0, for {@code images} images at {@code layer}; its arrays are the caller's to fill. */
    static LayerObjective zeros(int images, Layer layer) {
        int[] shape = new int[layer.shape().length + 1];
        shape[0] = images;
        System.arraycopy(layer.shape(), 0, shape, 1, layer.shape().length);
        return new LayerObjective(
                Tensor.zeros(shape), Tensor.zeros(images, layer.channels()), Tensor.zeros(images, layer.channels()));
    }
}
