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
 *
 * <p>Where there are few channels, one convolution gives all phases as channels, which costs fewer passes over the images
 * forward and back; the rows and columns too many are then the border of the interleaved result. Where there are many, four
 * convolutions are faster: see docs/performance.md.
 */
final class TransposedConvolution {
    private static final Op.ConvTranspose2d DOUBLING = new Op.ConvTranspose2d(Extent.square(2), Extent.square(1));
    private static final Shape ONE = new Shape(1, 1);

    /** One convolution was measured to be faster than four at 64 channels and slower at 256. */
    private static final int FEW_CHANNELS = 64;

    /** One less on either side of height and width, from the last axis of (N, H, W, C) to the first. */
    private static final Shape WITHOUT_BORDER = new Shape(0, 0, -1, -1, -1, -1);

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
            NDArray swapped = swapped(scratch, weight, op.groups());
            NDArray flipped = Scopes.move(swapped.flip(2, 3), scratch);
            NDArray x = ChannelsLast.of(scratch, inputs.get(0));
            NDArray bias = inputs.size() > 2 ? inputs.get(2) : null;
            TransposedConvolution convolution = new TransposedConvolution(scratch, x, flipped, bias);
            boolean doubling = op.equals(DOUBLING) && weight.getShape().slice(2).equals(new Shape(4, 4));
            NDArray result = doubling ? convolution.doubled() : convolution.spread(op);
            return Scopes.move(result, scope);
        }
    }

    private NDArray spread(Op.ConvTranspose2d op) {
        NDArray wide = Zeros.between(
                scope,
                Zeros.between(scope, x, 2, op.stride().height()),
                3,
                op.stride().width());
        Extent dilation = op.dilation();
        long rows = dilation.height() * (flipped.getShape().get(2) - 1);
        long columns = dilation.width() * (flipped.getShape().get(3) - 1);
        Extent extra = op.outputPadding();
        NDArray padded = Scopes.move(
                wide.pad(new Shape(columns, columns + extra.width(), rows, rows + extra.height()), 0), scope);
        NDArray full = convolve(padded, flipped, bias, new Shape(0, 0), shape(dilation), op.groups());
        int top = op.padding().height();
        int left = op.padding().width();
        long height = full.getShape().get(2);
        long width = full.getShape().get(3);
        return crop(full, top, height - top, left, width - left);
    }

    /** (C, O/groups, h, w) as (O, C/groups, h, w): within each group, inputs and outputs change places. */
    private static NDArray swapped(NDManager scratch, NDArray weight, int groups) {
        Shape shape = weight.getShape();
        long inputs = shape.get(0) / groups;
        long outputs = shape.get(1);
        NDArray grouped = Scopes.move(weight.reshape(groups, inputs, outputs, shape.get(2), shape.get(3)), scratch);
        NDArray exchanged = Scopes.move(grouped.transpose(0, 2, 1, 3, 4), scratch);
        return Scopes.move(exchanged.reshape(groups * outputs, inputs, shape.get(2), shape.get(3)), scratch);
    }

    private NDArray doubled() {
        return flipped.getShape().get(0) <= FEW_CHANNELS ? jointlyInterleaved() : interleaved();
    }

    /** All phases by one convolution. In memory of channels last, interleaving moves whole pixels. */
    private NDArray jointlyInterleaved() {
        NDArray image = convolve(x, phaseKernels(), phaseBiases(), ONE, ONE, 1);
        NDArray phases = ChannelsLast.pixels(scope, image);
        long images = phases.getShape().get(0);
        long height = phases.getShape().get(1);
        long width = phases.getShape().get(2);
        long outputs = flipped.getShape().get(0);
        NDArray apart = Scopes.move(phases.reshape(images, height, width, 2, 2, outputs), scope);
        NDArray rows = Scopes.move(apart.transpose(0, 1, 3, 2, 4, 5), scope);
        NDArray bordered = Scopes.move(rows.reshape(images, 2 * height, 2 * width, outputs), scope);
        NDArray pixels = Scopes.move(bordered.pad(WITHOUT_BORDER, 0), scope);
        return ChannelsLast.image(scope, pixels);
    }

    /** The kernels (O, C, 2, 2) of the phases one after the other; the border makes the odd taps the first phase. */
    private NDArray phaseKernels() {
        long outputs = flipped.getShape().get(0);
        long inputs = flipped.getShape().get(1);
        NDArray taps = Scopes.move(flipped.reshape(outputs, inputs, 2, 2, 2, 2), scope);
        NDArray phases = Scopes.move(taps.transpose(3, 5, 0, 1, 2, 4), scope);
        NDArray oddFirst = Scopes.move(phases.flip(0, 1), scope);
        return Scopes.move(oddFirst.reshape(4 * outputs, inputs, 2, 2), scope);
    }

    private NDArray phaseBiases() {
        return bias == null ? null : Scopes.move(NDArrays.concat(new NDList(bias, bias, bias, bias)), scope);
    }

    /** Phases side by side, then rows of phases one above the other: in memory of channels last, both are neighbours. */
    private NDArray interleaved() {
        long[] shape = x.getShape().getShape();
        long channels = flipped.getShape().get(0);
        NDArray rows = paired(row(0), row(1), 2);
        NDArray pixels = Scopes.move(rows.reshape(shape[0], 2 * shape[2], 2 * shape[3], channels), scope);
        return ChannelsLast.image(scope, pixels);
    }

    /** (N, H, 2·W·O): the phases of one row by turns. */
    private NDArray row(int parity) {
        NDArray columns = paired(phase(parity, 0), phase(parity, 1), 3);
        Shape shape = columns.getShape();
        return Scopes.move(columns.reshape(shape.get(0), shape.get(1), -1), scope);
    }

    /** (N, H, W, O). */
    private NDArray phase(int row, int column) {
        long height = x.getShape().get(2);
        long width = x.getShape().get(3);
        NDArray kernel = Scopes.move(flipped.get(new NDIndex(":, :, %d::2, %d::2".formatted(row, column))), scope);
        NDArray image = convolve(x, kernel, bias, ONE, ONE, 1);
        return ChannelsLast.pixels(scope, crop(image, row, row + height, column, column + width));
    }

    private NDArray paired(NDArray even, NDArray odd, int axis) {
        return Scopes.move(NDArrays.concat(new NDList(even, odd), axis), scope);
    }

    private NDArray convolve(NDArray input, NDArray kernel, NDArray shift, Shape padding, Shape dilation, int groups) {
        return Scopes.move(
                input.getNDArrayInternal()
                        .convolution(input, kernel, shift, ONE, padding, dilation, groups)
                        .singletonOrThrow(),
                scope);
    }

    private NDArray crop(NDArray image, long top, long bottom, long left, long right) {
        NDIndex used = new NDIndex(":, :, %d:%d, %d:%d".formatted(top, bottom, left, right));
        return Scopes.move(image.get(used), scope);
    }

    private static Shape shape(Extent extent) {
        return new Shape(extent.height(), extent.width());
    }
}
