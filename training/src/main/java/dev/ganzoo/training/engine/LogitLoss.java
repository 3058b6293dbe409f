package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.loss.ClassificationLoss;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;

/** A loss of a classifier's logits on a device. */
final class LogitLoss {
    private final Network network;

    LogitLoss(ClassificationLoss loss, int classes, NDManager manager) {
        this.network = Network.restore(loss.graph(classes), Map.of(), manager);
    }

    /** The mean loss of logits (N, classes) for one-hot rows, owned by {@code scope}. */
    NDArray of(NDManager scope, NDArray logits, Tensor classWeights) {
        return network.forward(
                scope,
                Mode.TRAINING,
                Map.of(
                        ClassificationLoss.LOGITS,
                        logits,
                        ClassificationLoss.CLASS_WEIGHTS,
                        NetworkValues.upload(scope, classWeights)));
    }
}
