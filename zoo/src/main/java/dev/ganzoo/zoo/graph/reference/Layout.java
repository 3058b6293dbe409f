package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.tensor.Tensor;

/** Where values lie in row-major arrays. */
final class Layout {
    private Layout() {}

    /** How far apart neighbours along each axis lie. */
    static int[] strides(int... shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** The strides of {@code shape} seen as {@code wider}: 0 along axes that it lacks or that stretch from extent 1. */
    static int[] broadcastStrides(int[] shape, int... wider) {
        int[] own = strides(shape);
        int[] strides = new int[wider.length];
        int missing = wider.length - shape.length;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[missing + axis] = shape[axis] == 1 ? 0 : own[axis];
        }
        return strides;
    }

    /** For each position of {@code shape}, in row-major order, its offset under {@code strides}. */
    static int[] offsets(int[] shape, int... strides) {
        int[] offsets = {0};
        for (int axis = 0; axis < shape.length; axis++) {
            int[] finer = new int[Math.multiplyExact(offsets.length, shape[axis])];
            int next = 0;
            for (int offset : offsets) {
                for (int step = 0; step < shape[axis]; step++) {
                    finer[next++] = offset + step * strides[axis];
                }
            }
            offsets = finer;
        }
        return offsets;
    }

    /** The number of values. */
    static int count(int... shape) {
        return Math.toIntExact(Tensor.count(shape));
    }
}
