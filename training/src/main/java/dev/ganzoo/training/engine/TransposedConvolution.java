package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Op;
import java.util.List;

/**
 * The transposed convolution from ordinary ones, since DJL's PyTorch engine has none.
 *
 * <p>In general, zeros are put between the pixels of the input, stride − 1 of them, and the result is convolved with the
 * flipped kernel. The doubling that networks use most (stride 2, kernel 4×4, padding 1) does without multiplying by those
 * zeros: output pixels fall into four phases by the parity of their row and column. Each phase sees every second row and
 * column of the flipped kernel, so it is a 2×2 convolution of the input; the phases are then interleaved. Even rows reach
 * one input row up, odd rows one down: a 2×2 convolution with padding 1 gives one row more than needed, the last or the
 * first.
 */
final class TransposedConvolution {
    private static final Op.ConvTranspose2d DOUBLING = new Op.ConvTranspose2d(Extent.square(2), Extent.square(1));
    private static final Shape ONE = new Shape(1, 1);

    private final NDManager scope;
    private final NDArray x;
    private final NDArray flipped;
    private final NDArray bias;

    private TransposedConvolution(NDManager scope, NDArray x, NDArray flipped, NDArray bias) {
        this.scope = scope;
        this.x = x;
        this.flipped = flipped;
        this.bias = bias;
    }

    /** The result, owned by {@code scope}; {@code inputs} are x (N, C, H, W), weight (C, O, h, w) and perhaps a bias. */
    static NDArray apply(NDManager scope, Op.ConvTranspose2d op, List<NDArray> inputs) {
        NDArray weight = inputs.get(1);
        try (NDManager scratch = scope.newSubManager()) {
            NDArray swapped = Scopes.move(weight.transpose(1, 0, 2, 3), scratch);
            NDArray flipped = Scopes.move(swapped.flip(2, 3), scratch);
            NDArray bias = inputs.size() > 2 ? inputs.get(2) : null;
            TransposedConvolution convolution = new TransposedConvolution(scratch, inputs.get(0), flipped, bias);
            boolean doubling = op.equals(DOUBLING) && weight.getShape().slice(2).equals(new Shape(4, 4));
            NDArray result = doubling ? convolution.interleaved() : convolution.spread(op);
            return Scopes.move(result, scope);
        }
    }

    private NDArray spread(Op.ConvTranspose2d op) {
        Extent stride = op.stride();
        NDArray wide = spread(spread(x, 2, stride.height()), 3, stride.width());
        long rows = flipped.getShape().get(2) - 1;
        long columns = flipped.getShape().get(3) - 1;
        NDArray full = convolve(wide, flipped, new Shape(rows, columns));
        int top = op.padding().height();
        int left = op.padding().width();
        long height = full.getShape().get(2);
        long width = full.getShape().get(3);
        return crop(full, top, height - top, left, width - left);
    }

    /** {@code array} with {@code stride} − 1 zeros between its entries along {@code axis}. */
    private NDArray spread(NDArray array, int axis, int stride) {
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

    private NDArray interleaved() {
        return interleave(row(0), row(1), 3);
    }

    private NDArray row(int parity) {
        return interleave(phase(parity, 0), phase(parity, 1), 4);
    }

    private NDArray phase(int row, int column) {
        long height = x.getShape().get(2);
        long width = x.getShape().get(3);
        NDArray kernel = Scopes.move(flipped.get(new NDIndex(":, :, %d::2, %d::2".formatted(row, column))), scope);
        return crop(convolve(x, kernel, ONE), row, row + height, column, column + width);
    }

    private NDArray convolve(NDArray input, NDArray kernel, Shape padding) {
        return Scopes.move(
                input.getNDArrayInternal()
                        .convolution(input, kernel, bias, ONE, padding, ONE, 1)
                        .singletonOrThrow(),
                scope);
    }

    private NDArray crop(NDArray image, long top, long bottom, long left, long right) {
        NDIndex used = new NDIndex(":, :, %d:%d, %d:%d".formatted(top, bottom, left, right));
        return Scopes.move(image.get(used), scope);
    }

    /** Doubles height (axis 3) or width (axis 4 of the stack) by taking turns. */
    private NDArray interleave(NDArray even, NDArray odd, int axis) {
        Shape shape = even.getShape();
        NDArray stacked = Scopes.move(NDArrays.stack(new NDList(even, odd), axis), scope);
        long[] doubled = shape.getShape().clone();
        doubled[axis - 1] *= 2;
        return Scopes.move(stacked.reshape(doubled), scope);
    }
}
