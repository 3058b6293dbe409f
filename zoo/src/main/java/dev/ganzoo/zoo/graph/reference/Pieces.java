package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.graph.Op;
import java.util.Arrays;
import java.util.List;

/** Joining, cutting and padding: values that move and do not change. */
final class Pieces {
    private Pieces() {}

    static DoubleTensor concat(List<DoubleTensor> inputs, int axis, int... shape) {
        int[] strides = Layout.strides(shape);
        double[] out = new double[Layout.count(shape)];
        int start = 0;
        for (DoubleTensor input : inputs) {
            scatter(input, out, start, strides);
            start += input.extent(axis) * strides[axis];
        }
        return new DoubleTensor(shape, out);
    }

    static DoubleTensor slice(Op.Slice op, DoubleTensor x, int... shape) {
        int[] strides = Layout.strides(x.shape());
        int start = op.start() * strides[op.axis()];
        strides[op.axis()] *= op.step();
        int[] inX = Layout.offsets(shape, strides);
        double[] out = new double[inX.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = x.data()[start + inX[i]];
        }
        return new DoubleTensor(shape, out);
    }

    static DoubleTensor pad(Op.Pad op, DoubleTensor x, int... shape) {
        int[] strides = Layout.strides(shape);
        double[] out = new double[Layout.count(shape)];
        Arrays.fill(out, op.value());
        int start = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            start += op.before().get(axis) * strides[axis];
        }
        scatter(x, out, start, strides);
        return new DoubleTensor(shape, out);
    }

    private static void scatter(DoubleTensor x, double[] out, int start, int... strides) {
        int[] places = Layout.offsets(x.shape(), strides);
        for (int i = 0; i < places.length; i++) {
            out[start + places[i]] = x.data()[i];
        }
    }
}
