package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Ownership of native arrays: DJL gives a result to the manager of its first operand, which may outlive it by far. */
final class Scopes {
    private Scopes() {}

    /** {@code array}, now owned by {@code scope} and freed with it. */
    static NDArray move(NDArray array, NDManager scope) {
        if (array.getManager() != scope) {
            array.attach(scope);
        }
        return array;
    }
}
