package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * A batch of images for the discriminator.
 *
 * @param images (N, C, H, W) in [−1, 1], if nothing has moved them beyond
 * @param classWeights one-hot rows (N, classes)
 * @param numbers what the last change has drawn, by name
 */
record Shown(NDArray images, NDArray classWeights, Map<String, NDArray> numbers) {
    Shown(NDArray images, NDArray classWeights) {
        this(images, classWeights, Map.of());
    }

    Shown withoutNumbers() {
        return new Shown(images, classWeights);
    }

    /** N. */
    int count() {
        return Math.toIntExact(images.getShape().get(0));
    }
}
