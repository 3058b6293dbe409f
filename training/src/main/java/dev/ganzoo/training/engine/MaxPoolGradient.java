package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Op;

/**
 * The adjoint of max pooling from operations that libtorch differentiates: for each place within the window, a mask says
 * in which windows the largest value is there, and first there; the masked gradient is spread back to the image.
 */
final class MaxPoolGradient {
    private final NDManager scope;
    private final Op.MaxPool2d op;
    private final long height;
    private final long width;

    private MaxPoolGradient(NDManager scope, Op.MaxPool2d op, NDArray x) {
        this.scope = scope;
        this.op = op;
        this.height = x.getShape().get(2) + 2L * op.padding().height();
        this.width = x.getShape().get(3) + 2L * op.padding().width();
    }

    /** The result, owned by {@code scope}; x (N, C, H, W) counts as a constant, {@code gradient} (N, C, H', W') does not. */
    static NDArray apply(NDManager scope, Op.MaxPool2d op, NDArray x, NDArray gradient) {
        try (NDManager scratch = scope.newSubManager()) {
            NDArray fixed = Scopes.move(x.stopGradient(), scratch);
            return Scopes.move(new MaxPoolGradient(scratch, op, fixed).apply(fixed, gradient), scope);
        }
    }

    private NDArray apply(NDArray x, NDArray gradient) {
        Extent pad = op.padding();
        NDArray padded = own(x.pad(sides(pad.width(), pad.width(), pad.height(), pad.height()), -Float.MAX_VALUE));
        NDArray largest =
                own(x.getNDArrayInternal().maxPool(shape(op.window()), shape(op.stride()), shape(op.padding()), false));
        NDArray free = own(largest.onesLike());
        NDArray sum = null;
        for (int row = 0; row < op.window().height(); row++) {
            for (int column = 0; column < op.window().width(); column++) {
                NDArray here = own(padded.get(taps(row, column, largest)));
                NDArray equal = own(own(here.eq(largest)).toType(DataType.FLOAT32, false));
                NDArray first = own(equal.mul(free));
                free = own(free.sub(first));
                NDArray spread = spread(own(gradient.mul(first)), row, column);
                sum = sum == null ? spread : own(sum.add(spread));
            }
        }
        return own(sum.get(new NDIndex(":, :, %d:%d, %d:%d"
                .formatted(pad.height(), height - pad.height(), pad.width(), width - pad.width()))));
    }

    private NDIndex taps(int row, int column, NDArray pooled) {
        int down = op.stride().height();
        int right = op.stride().width();
        long bottom = row + (pooled.getShape().get(2) - 1) * down + 1;
        long end = column + (pooled.getShape().get(3) - 1) * right + 1;
        return new NDIndex(":, :, %d:%d:%d, %d:%d:%d".formatted(row, bottom, down, column, end, right));
    }

    /** Puts each value at the given place of its window in an image of zeros. */
    private NDArray spread(NDArray values, int row, int column) {
        NDArray wide = Zeros.between(
                scope,
                Zeros.between(scope, values, 2, op.stride().height()),
                3,
                op.stride().width());
        long below = height - row - wide.getShape().get(2);
        long right = width - column - wide.getShape().get(3);
        return own(wide.pad(sides(column, right, row, below), 0));
    }

    private static Shape sides(long left, long right, long top, long bottom) {
        return new Shape(left, right, top, bottom);
    }

    private NDArray own(NDArray array) {
        return Scopes.move(array, scope);
    }

    private static Shape shape(Extent extent) {
        return new Shape(extent.height(), extent.width());
    }
}
