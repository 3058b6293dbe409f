package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;

/**
 * A network that tells classes, in evaluation mode.
 *
 * @param network {@code image} (N, C, H, W) in [−1, 1] → logits (N, classes)
 * @param loss what is wanted of the logits
 */
record ClassifierNetwork(Network network, LogitLoss loss) implements TestScore.Classifier {
    @Override
    public NDArray logits(NDManager scope, Tensor images) {
        return network.forward(scope, Mode.EVALUATION, Map.of("image", NetworkValues.upload(scope, images)));
    }

    @Override
    public NDArray loss(NDManager scope, NDArray logits, Tensor classWeights) {
        return loss.of(scope, logits, classWeights);
    }

    /** Logits of pixels (N, C, H, W) in [0, 1], by which an export checks itself. */
    Tensor golden(NDManager manager, Tensor pixels) {
        try (NDManager scope = manager.newSubManager()) {
            return NetworkValues.download(logits(scope, UnitImages.toSigned(pixels)));
        }
    }
}
