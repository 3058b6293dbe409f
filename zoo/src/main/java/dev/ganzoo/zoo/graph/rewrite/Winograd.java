package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * 3×3 convolutions with fewer multiplications by {@link MinimalFiltering}, made of matrix products alone: a quarter of the
 * multiplications, and for a convolution of a nearest-upsampled image less than a fifth.
 *
 * <p>The image is laid out pixels first, (H, W, N, C). There the transforms of rows and columns are products with small
 * constant matrices from the left, and the products over channels one batched matrix product; nothing is gathered or
 * transposed on the way. {@link PixelsFirst} carries the layout on to what lies between two convolutions.
 *
 * <p>Exact but for rounding, which is a few times that of the convolution itself. Kernels stay the 3×3 ones, transformed by
 * a product in the graph. The transforms cost as much for few channels as for many, so that convolutions of fewer than
 * {@value #LEAST_CHANNELS} stay as they are.
 */
public final class Winograd {
    private static final int LEAST_CHANNELS = 96;
    private static final Extent ONE = Extent.square(1);
    private static final Op.Conv2d SAME_3X3 = new Op.Conv2d(ONE, ONE, ONE, 1);
    private static final Op.Upsample2d DOUBLE = new Op.Upsample2d(Interpolation.NEAREST, 2);

    private Winograd() {}

    /** All rules of this class. */
    public static List<Rule> rules() {
        return List.of(
                Rule.named("winograd-upsampled-convolution", Winograd::upsampledConvolution),
                Rule.named("winograd-convolution", Winograd::convolution));
    }

    private static Optional<Node> upsampledConvolution(Node node) {
        return is3x3(node) && node.input(0).op().equals(DOUBLE)
                ? apply(MinimalFiltering.REPEATED, node, node.input(0).input(0))
                : Optional.empty();
    }

    private static Optional<Node> convolution(Node node) {
        return is3x3(node) ? apply(MinimalFiltering.PLAIN, node, node.input(0)) : Optional.empty();
    }

    private static boolean is3x3(Node node) {
        if (!node.op().equals(SAME_3X3)) {
            return false;
        }
        Shape weight = node.input(1).shape();
        return weight.extent(2) == 3
                && weight.extent(3) == 3
                && Math.min(weight.extent(0), weight.extent(1)) >= LEAST_CHANNELS;
    }

    private static Optional<Node> apply(MinimalFiltering filtering, Node conv, Node image) {
        Shape shape = image.shape();
        if (shape.extent(2) % filtering.inputStep() != 0 || shape.extent(3) % filtering.inputStep() != 0) {
            return Optional.empty();
        }
        Node result = convolve(filtering, PixelsFirst.of(image), conv.input(1));
        return Optional.of(PixelsFirst.back(conv.inputs().size() > 2 ? result.plus(conv.input(2)) : result));
    }

    /** The convolution of {@code x} (H, W, N, C) with {@code weight} (O, C, 3, 3) as (H', W', N, O). */
    private static Node convolve(MinimalFiltering filtering, Node x, Node weight) {
        int batch = x.shape().extent(2);
        int channels = x.shape().extent(3);
        int outputs = weight.shape().extent(0);
        int products = filtering.products();
        int rows = x.shape().extent(0) / filtering.inputStep();
        int columns = x.shape().extent(1) / filtering.inputStep();

        Node h = along(filtering.inputMatrix(x.shape().extent(0)), x, 0);
        h = along(filtering.inputMatrix(x.shape().extent(1)), h, 1);
        h = h.reshape(products, rows, products, columns * batch, channels).matMul(transformed(filtering, weight));
        h = h.reshape(products * rows, products * columns, batch, outputs);
        h = along(filtering.outputMatrix(columns), h, 1);
        return along(filtering.outputMatrix(rows), h, 0);
    }

    /** {@code matrix} applied along axis 0 or 1 of (H, W, N, C). */
    static Node along(double[][] matrix, Node x, int axis) {
        int[] shape = x.shape().extents();
        int rest = shape[2] * shape[3];
        Node flat = axis == 0 ? x.reshape(shape[0], shape[1] * rest) : x.reshape(shape[0], shape[1], rest);
        shape[axis] = matrix.length;
        return constant(matrix).matMul(flat).reshape(shape);
    }

    /** The kernels (O, C, 3, 3) as (products, 1, products, C, O). */
    private static Node transformed(MinimalFiltering filtering, Node weight) {
        int outputs = weight.shape().extent(0);
        int channels = weight.shape().extent(1);
        int products = filtering.products();
        return constant(filtering.kernelMatrix())
                .matMul(weight.reshape(outputs * channels, 9).transpose(1, 0))
                .reshape(products, 1, products, outputs, channels)
                .transpose(0, 1, 2, 4, 3);
    }

    private static Node constant(double[][] matrix) {
        float[] values = new float[matrix.length * matrix[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) matrix[i / matrix[0].length][i % matrix[0].length];
        }
        return Node.constant(Tensor.of(values, matrix.length, matrix[0].length));
    }
}
