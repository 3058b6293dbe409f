package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dense float64 array with a shape, row-major: what a node is worth in the reference reading.
 *
 * <p>The array is shared, not copied; whoever holds a tensor treats it as read-only.
 *
 * @param shape the extent of each axis, all ≥ 0; empty for a scalar
 * @param data as many values as the product of {@code shape}
 */
public record DoubleTensor(int[] shape, double[] data) {
    /** @throws IllegalArgumentException if the number of values is not the product of the shape */
    public DoubleTensor {
        if (Tensor.count(shape) != data.length) {
            throw new IllegalArgumentException("tensor of shape %s must have %d values, got %d"
                    .formatted(Arrays.toString(shape), Tensor.count(shape), data.length));
        }
    }

    /** A tensor of the given shape over {@code data}. */
    public static DoubleTensor of(double[] data, int... shape) {
        return new DoubleTensor(shape, data);
    }

    /** All zeros. */
    public static DoubleTensor zeros(int... shape) {
        return new DoubleTensor(shape, new double[Math.toIntExact(Tensor.count(shape))]);
    }

    /** The same values, exactly. */
    public static DoubleTensor of(Tensor tensor) {
        double[] wide = new double[tensor.size()];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = tensor.data()[i];
        }
        return new DoubleTensor(tensor.shape(), wide);
    }

    /** The same values, exactly, under the same names. */
    public static Map<String, DoubleTensor> of(Map<String, Tensor> tensors) {
        Map<String, DoubleTensor> wide = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> wide.put(name, of(tensor)));
        return wide;
    }

    /** The nearest float32 values. */
    public Tensor toTensor() {
        float[] narrow = new float[data.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) data[i];
        }
        return new Tensor(shape, narrow);
    }

    /** The number of axes. */
    public int rank() {
        return shape.length;
    }

    /** The number of values. */
    public int size() {
        return data.length;
    }

    int extent(int axis) {
        return shape[axis];
    }

    DoubleTensor reshaped(int... newShape) {
        return new DoubleTensor(newShape, data);
    }

    /** Equal shapes and equal values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DoubleTensor that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "DoubleTensor" + Arrays.toString(shape);
    }
}
