package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;

/**
 * An objective and its gradient at a batch of images.
 *
 * @param values of the objective, {@code (N)}
 * @param gradient of the sum of the values with respect to the images, {@code (N, C, H, W)}; as no image concerns another,
 *     slice n is the gradient of value n
 */
public record LayerEvaluation(Tensor values, Tensor gradient) {
    /** @throws IllegalArgumentException if the shapes do not fit together */
    public LayerEvaluation {
        int[] shape = gradient.shape();
        if (shape.length != 4 || values.shape().length != 1 || values.shape()[0] != shape[0]) {
            throw new IllegalArgumentException(
                    "values and gradient must have shapes (N) and (N, C, H, W), got %s and %s"
                            .formatted(Arrays.toString(values.shape()), Arrays.toString(shape)));
        }
    }
}
