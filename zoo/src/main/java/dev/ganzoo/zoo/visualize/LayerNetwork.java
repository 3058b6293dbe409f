package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.tensor.Tensor;

/**
 * A classifier up to one of its layers, as a function that can be followed uphill: {@code layer-<n>.onnx} of a model package.
 *
 * <p>Implementations are safe for use by several threads, take batches of any size in bounded memory, and give an image the
 * same result whatever else is in its batch.
 */
public interface LayerNetwork {
    /** The layer and the shape of its activation. */
    Layer layer();

    /**
     * The objective and its gradient.
     *
     * @param images {@code (N, C, H, W)} in [0, 1], of the network's image shape, N ≥ 1
     * @param objective weights for N images at {@link #layer()}
     * @throws IllegalArgumentException if shapes are not so
     * @throws IllegalStateException if the network is closed
     */
    LayerEvaluation gradient(Tensor images, LayerObjective objective);
}
