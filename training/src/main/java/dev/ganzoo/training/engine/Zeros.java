package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Zeros between the entries of an array, as the adjoint of a stride needs them. */
final class Zeros {
    private Zeros() {}

    /** {@code array} with {@code stride} − 1 zeros between its entries along {@code axis}; arrays are owned by {@code scope}. */
    static NDArray between(NDManager scope, NDArray array, int axis, int stride) {
        if (stride == 1) {
            return array;
        }
        long[] extents = array.getShape().getShape();
        long[] column = insert(extents, axis + 1, 1);
        long[] gaps = insert(extents, axis + 1, stride - 1L);
        NDArray entries = Scopes.move(array.reshape(column), scope);
        NDArray zeros = scope.zeros(new Shape(gaps), array.getDataType());
        NDArray paired = Scopes.move(NDArrays.concat(new NDList(entries, zeros), axis + 1), scope);
        long[] spread = extents.clone();
        spread[axis] *= stride;
        NDArray withTail = Scopes.move(paired.reshape(spread), scope);
        NDIndex untilLast = new NDIndex().addAllDim(axis).addSliceDim(0, spread[axis] - stride + 1);
        return Scopes.move(withTail.get(untilLast), scope);
    }

    private static long[] insert(long[] extents, int axis, long extent) {
        long[] longer = new long[extents.length + 1];
        System.arraycopy(extents, 0, longer, 0, axis);
        longer[axis] = extent;
        System.arraycopy(extents, axis, longer, axis + 1, extents.length - axis);
        return longer;
    }
}
