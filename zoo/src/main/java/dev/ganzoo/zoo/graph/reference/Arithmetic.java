package dev.ganzoo.zoo.graph.reference;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Elementwise operations, reductions, reorderings and matrix products. */
final class Arithmetic {
    private Arithmetic() {}

    static DoubleTensor map(DoubleTensor x, DoubleUnaryOperator function) {
        double[] out = new double[x.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = function.applyAsDouble(x.data()[i]);
        }
        return new DoubleTensor(x.shape(), out);
    }

    static DoubleTensor broadcast(DoubleTensor a, DoubleTensor b, DoubleBinaryOperator function, int... shape) {
        int[] inA = Layout.offsets(shape, Layout.broadcastStrides(a.shape(), shape));
        int[] inB = Layout.offsets(shape, Layout.broadcastStrides(b.shape(), shape));
        double[] out = new double[inA.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = function.applyAsDouble(a.data()[inA[i]], b.data()[inB[i]]);
        }
        return new DoubleTensor(shape, out);
    }

    static DoubleTensor sum(DoubleTensor x, List<Integer> axes, int... shape) {
        int[] kept = x.shape().clone();
        axes.forEach(axis -> kept[axis] = 1);
        int[] inSum = Layout.offsets(x.shape(), Layout.broadcastStrides(kept, x.shape()));
        DoubleTensor sum = DoubleTensor.zeros(shape);
        for (int i = 0; i < inSum.length; i++) {
            sum.data()[inSum[i]] += x.data()[i];
        }
        return sum;
    }

    static DoubleTensor mean(DoubleTensor x, List<Integer> axes, int... shape) {
        double count = (double) x.size() / Layout.count(shape);
        return map(sum(x, axes, shape), value -> value / count);
    }

    static DoubleTensor transpose(DoubleTensor x, List<Integer> permutation) {
        int[] own = Layout.strides(x.shape());
        int[] shape = permutation.stream().mapToInt(x::extent).toArray();
        int[] strides = permutation.stream().mapToInt(axis -> own[axis]).toArray();
        int[] inX = Layout.offsets(shape, strides);
        double[] out = new double[x.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = x.data()[inX[i]];
        }
        return new DoubleTensor(shape, out);
    }

    static DoubleTensor max(DoubleTensor x, List<Integer> axes, int... shape) {
        int[] kept = x.shape().clone();
        axes.forEach(axis -> kept[axis] = 1);
        int[] inMax = Layout.offsets(x.shape(), Layout.broadcastStrides(kept, x.shape()));
        double[] max = new double[Layout.count(shape)];
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < inMax.length; i++) {
            max[inMax[i]] = Math.max(max[inMax[i]], x.data()[i]);
        }
        return new DoubleTensor(shape, max);
    }

    /** The products of the matrices in the last two axes. */
    static DoubleTensor matMul(DoubleTensor a, DoubleTensor b, int... shape) {
        int[] batches = Arrays.copyOf(shape, shape.length - 2);
        int[] inA = Layout.offsets(batches, Layout.broadcastStrides(outer(a), batches));
        int[] inB = Layout.offsets(batches, Layout.broadcastStrides(outer(b), batches));
        int rows = shape[shape.length - 2];
        int inner = a.extent(a.rank() - 1);
        int columns = shape[shape.length - 1];
        double[] out = new double[Layout.count(shape)];
        for (int batch = 0; batch < inA.length; batch++) {
            for (int row = 0; row < rows; row++) {
                int to = (batch * rows + row) * columns;
                for (int k = 0; k < inner; k++) {
                    double left = a.data()[(inA[batch] * rows + row) * inner + k];
                    int from = (inB[batch] * inner + k) * columns;
                    for (int column = 0; column < columns; column++) {
                        out[to + column] += left * b.data()[from + column];
                    }
                }
            }
        }
        return new DoubleTensor(shape, out);
    }

    private static int[] outer(DoubleTensor x) {
        return Arrays.copyOf(x.shape(), x.rank() - 2);
    }
}
