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
 * The stride-2, 4×4, padding-1 transposed convolution from ordinary ones, since DJL's PyTorch engine has none.
 *
 * <p>Output pixels fall into four phases by the parity of their row and column. Each phase sees every second row and
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

    /** The result, owned by {@code scope}; {@code inputs} are x (N, C, H, W), weight (C, O, 4, 4) and perhaps a bias. */
    static NDArray apply(NDManager scope, Op.ConvTranspose2d op, List<NDArray> inputs) {
        NDArray weight = inputs.get(1);
        Shape kernel = weight.getShape().slice(2);
        if (!op.equals(DOUBLING) || !kernel.equals(new Shape(4, 4))) {
            throw new UnsupportedOperationException(
                    "transposed convolution must have a 4×4 kernel, stride 2 and padding 1, got a kernel %s, %s"
                            .formatted(kernel, op));
        }
        try (NDManager scratch = scope.newSubManager()) {
            NDArray swapped = Scopes.move(weight.transpose(1, 0, 2, 3), scratch);
            NDArray flipped = Scopes.move(swapped.flip(2, 3), scratch);
            NDArray bias = inputs.size() > 2 ? inputs.get(2) : null;
            NDArray result = new TransposedConvolution(scratch, inputs.get(0), flipped, bias).interleaved();
            return Scopes.move(result, scope);
        }
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
        NDArray wide = Scopes.move(
                x.getNDArrayInternal()
                        .convolution(x, kernel, bias, ONE, ONE, ONE, 1)
                        .singletonOrThrow(),
                scope);
        NDIndex used = new NDIndex(":, :, %d:%d, %d:%d".formatted(row, row + height, column, column + width));
        return Scopes.move(wide.get(used), scope);
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
