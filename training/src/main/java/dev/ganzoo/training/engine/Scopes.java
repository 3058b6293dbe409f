package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Ownership of native arrays and of their memory.
 *
 * <p>DJL gives a result to the manager of its first operand, which may outlive it by far. And an array that it makes from
 * numbers of Java is a window on a buffer of the JVM, which is freed some time after the array is closed, even if libtorch
 * still needs the numbers for the gradient. Arithmetic with a Java number, as in {@code x.div(2)}, makes and closes such an
 * array. So whatever may take part in a gradient is made here.
 */
final class Scopes {
    private Scopes() {}

    /** {@code array}, now owned by {@code scope} and freed with it. */
    static NDArray move(NDArray array, NDManager scope) {
        if (array.getManager() != scope) {
            array.attach(scope);
        }
        return array;
    }

    /** A number in memory of libtorch, without axes, owned by {@code scope}. */
    static NDArray number(double value, NDManager scope) {
        return scope.full(new Shape(), (float) value, DataType.FLOAT32);
    }

    /** An array of this shape in memory that libtorch owns and aligns, owned by {@code scope}. */
    static NDArray copy(float[] values, Shape shape, NDManager scope) {
        try (NDArray window = scope.create(values, shape)) {
            return window.duplicate();
        }
    }
}
