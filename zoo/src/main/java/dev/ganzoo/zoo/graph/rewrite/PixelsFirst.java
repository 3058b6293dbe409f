package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Images laid out (H, W, N, C), as {@link Winograd} wants them. One transpose leads from (N, C, H, W) there and back. These
 * rules move it past whatever lies between two convolutions until it meets the next one's and both vanish.
 */
public final class PixelsFirst {
    private static final Op.Transpose LAYOUT = new Op.Transpose(List.of(2, 3, 0, 1));
    private static final int FEW_OUTPUTS = 8;
    private static final Extent ONE = Extent.square(1);
    private static final Op.Conv2d SAME_3X3 = new Op.Conv2d(ONE, ONE, ONE, 1);
    private static final Op.Conv2d POINTWISE = new Op.Conv2d(ONE, Extent.square(0), ONE, 1);
    private static final Op.Upsample2d DOUBLE = new Op.Upsample2d(Interpolation.NEAREST, 2);

    private PixelsFirst() {}

    /** All rules of this class. */
    public static List<Rule> rules() {
        return List.of(
                Rule.named("transposes-cancel", PixelsFirst::cancel),
                Rule.named("transpose-after-activation", PixelsFirst::afterActivation),
                Rule.named("sum-with-upsampled", PixelsFirst::sumWithUpsampled),
                Rule.named("transpose-after-arithmetic", PixelsFirst::afterArithmetic),
                Rule.named("pointwise-as-product", PixelsFirst::pointwise),
                Rule.named("few-outputs-by-taps", PixelsFirst::fewOutputs));
    }

    /** (N, C, H, W) as (H, W, N, C). */
    static Node of(Node image) {
        return Node.apply(LAYOUT, image);
    }

    /** (H, W, N, C) as (N, C, H, W): the same transpose, which is its own inverse. */
    static Node back(Node pixelsFirst) {
        return Node.apply(LAYOUT, pixelsFirst);
    }

    static boolean isLaidOut(Node node) {
        return node.op().equals(LAYOUT);
    }

    private static Optional<Node> cancel(Node node) {
        return isLaidOut(node) && isLaidOut(node.input(0))
                ? Optional.of(node.input(0).input(0))
                : Optional.empty();
    }

    private static Optional<Node> afterActivation(Node node) {
        boolean elementwise = node.op() instanceof Op.Relu || node.op() instanceof Op.LeakyRelu;
        return elementwise && isLaidOut(node.input(0))
                ? Optional.of(back(Node.apply(node.op(), node.input(0).input(0))))
                : Optional.empty();
    }

    /** f(back(x), y) = back(f(x, of(y))), where y is laid out too or has only a part of the axes of x. */
    private static Optional<Node> afterArithmetic(Node node) {
        boolean binary = node.op() instanceof Op.Add || node.op() instanceof Op.Multiply;
        if (!binary || !node.inputs().stream().allMatch(input -> input.shape().rank() == 4)) {
            return Optional.empty();
        }
        return Operands.either(
                node,
                (left, right) -> isLaidOut(left) && (isLaidOut(right) || Operands.isSmaller(right, left))
                        ? Optional.of(back(Node.apply(node.op(), left.input(0), of(right))))
                        : Optional.empty());
    }

    /** back(x) + up(y): each pixel of y meets its four of x by broadcasting, and up(y) is never there. */
    private static Optional<Node> sumWithUpsampled(Node node) {
        return node.op() instanceof Op.Add
                ? Operands.either(
                        node,
                        (left, right) -> isLaidOut(left) && right.op().equals(DOUBLE)
                                ? Optional.of(back(sum(left.input(0), of(right.input(0)))))
                                : Optional.empty())
                : Optional.empty();
    }

    /** A shift per channel moves to the smaller operand. */
    private static Node sum(Node large, Node small) {
        if (large.op() instanceof Op.Add && large.input(1).shape().rank() == 1) {
            return sum(large.input(0), small.plus(large.input(1)));
        }
        int[] shape = small.shape().extents();
        int pixel = shape[2] * shape[3];
        return large.reshape(shape[0], 2, shape[1], 2, pixel)
                .plus(small.reshape(shape[0], 1, shape[1], 1, pixel))
                .reshape(large.shape().extents());
    }

    /** A 1×1 convolution of a laid-out image is one matrix product. */
    private static Optional<Node> pointwise(Node node) {
        if (!node.op().equals(POINTWISE) || !isLaidOut(node.input(0)) || !isKernel(node, 1)) {
            return Optional.empty();
        }
        Node x = node.input(0).input(0);
        Shape weight = node.input(1).shape();
        Node matrix = node.input(1).reshape(weight.extent(0), weight.extent(1)).transpose(1, 0);
        return Optional.of(back(withBias(node, x.matMul(matrix))));
    }

    /**
     * A 3×3 convolution to a few channels as nine 1×1 ones, whose small results are shifted and summed: the many channels
     * are read once. The sum over rows of the shifted results is a product with a matrix of zeros and ones, that over
     * columns another; what they give is (N, O, H, W).
     */
    private static Optional<Node> fewOutputs(Node node) {
        if (!node.op().equals(SAME_3X3) || !isLaidOut(node.input(0)) || !isKernel(node, 3)) {
            return Optional.empty();
        }
        Node x = node.input(0).input(0);
        int outputs = node.input(1).shape().extent(0);
        if (outputs > FEW_OUTPUTS) {
            return Optional.empty();
        }
        int[] shape = x.shape().extents();
        Node taps = node.input(1).transpose(1, 2, 3, 0).reshape(shape[3], 9 * outputs);
        Node shifted = x.matMul(taps)
                .reshape(shape[0], shape[1], shape[2], 3, 3, outputs)
                .transpose(2, 5, 3, 0, 4, 1)
                .reshape(shape[2], outputs, 3 * shape[0], 3 * shape[1]);
        Node sum = shifts(shape[0]).matMul(shifted.matMul(shifts(shape[1]).transpose(1, 0)));
        boolean biased = node.inputs().size() > 2;
        return Optional.of(biased ? sum.plus(node.input(2).reshape(1, outputs, 1, 1)) : sum);
    }

    /** (size, 3·size): entry i of the result sums tap t at i + t − 1, where that is inside. */
    private static Node shifts(int size) {
        float[] matrix = new float[size * 3 * size];
        for (int i = 0; i < size; i++) {
            for (int tap = 0; tap < 3; tap++) {
                int from = i + tap - 1;
                if (from >= 0 && from < size) {
                    matrix[(i * 3 + tap) * size + from] = 1;
                }
            }
        }
        return Node.constant(Tensor.of(matrix, size, 3 * size));
    }

    private static Node withBias(Node conv, Node result) {
        return conv.inputs().size() > 2 ? result.plus(conv.input(2)) : result;
    }

    private static boolean isKernel(Node conv, int side) {
        int[] shape = conv.input(1).shape().extents();
        return Arrays.equals(shape, new int[] {shape[0], shape[1], side, side});
    }
}
