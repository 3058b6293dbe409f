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
 * Cheaper forms of the convolutions next to a change of resolution, and of those that begin from one pixel.
 *
 * <p>All are exact whatever the weights, and the weights stay the original ones: a new kernel is a linear function of the
 * old, written into the graph. So they serve training, where gradients flow through that function, and inference, where
 * it folds to a constant.
 */
public final class Convolutions {
    private static final Extent ONE = Extent.square(1);
    private static final Extent TWO = Extent.square(2);
    private static final Op.Conv2d POINTWISE = new Op.Conv2d(ONE, Extent.square(0), ONE, 1);
    private static final Op.Conv2d SAME_3X3 = new Op.Conv2d(ONE, ONE, ONE, 1);
    private static final Op.AvgPool2d HALVE = new Op.AvgPool2d(TWO);
    private static final Op.Upsample2d DOUBLE = new Op.Upsample2d(Interpolation.NEAREST, 2);

    private Convolutions() {}

    /** All rules of this class. */
    public static List<Rule> rules() {
        return List.of(
                Rule.named("pointwise-before-upsampling", Convolutions::pointwiseBeforeUpsampling),
                Rule.named("pointwise-after-pooling", Convolutions::pointwiseAfterPooling),
                Rule.named("upsampled-convolution", Convolutions::upsampledConvolution),
                Rule.named("pooled-convolution", Convolutions::pooledConvolution),
                Rule.named("convolution-from-one-pixel", Convolutions::convolutionFromOnePixel));
    }

    /** conv1×1(up(x)) = up(conv1×1(x)): a quarter of the multiplications; interpolation weights sum to 1, so a bias may pass. */
    private static Optional<Node> pointwiseBeforeUpsampling(Node node) {
        return matches(node, POINTWISE, 1) && node.input(0).op() instanceof Op.Upsample2d up
                ? Optional.of(Node.apply(up, moved(node, node.input(0).input(0))))
                : Optional.empty();
    }

    /** pool(conv1×1(x)) = conv1×1(pool(x)): a quarter of the multiplications. */
    private static Optional<Node> pointwiseAfterPooling(Node node) {
        return node.op() instanceof Op.AvgPool2d pool && pool.disjoint() && matches(node.input(0), POINTWISE, 1)
                ? Optional.of(
                        moved(node.input(0), Node.apply(pool, node.input(0).input(0))))
                : Optional.empty();
    }

    /**
     * conv3×3(nearest-up(x)) as one 4×4 transposed convolution of stride 2: 16 multiplications a low-resolution pixel
     * instead of 36. Each tap of the 3×3 kernel meets the two output rows that a repeated input row gives, so along one
     * axis the new kernel is (w₂, w₁ + w₂, w₀ + w₁, w₀).
     */
    private static Optional<Node> upsampledConvolution(Node node) {
        if (!matches(node, SAME_3X3, 3) || !node.input(0).op().equals(DOUBLE)) {
            return Optional.empty();
        }
        double[][] along = {{0, 0, 1}, {0, 1, 1}, {1, 1, 0}, {1, 0, 0}};
        Node kernel = enlarge(node.input(1), along).transpose(1, 0, 2, 3);
        Op op = new Op.ConvTranspose2d(TWO, ONE);
        return Optional.of(applyWithBias(op, node.input(0).input(0), kernel, node));
    }

    /**
     * pool2×2(conv3×3(x)) as one 4×4 convolution of stride 2: 16 multiplications a low-resolution pixel instead of 36. The
     * new kernel is the old one convolved with the 2×2 box.
     */
    private static Optional<Node> pooledConvolution(Node node) {
        if (!node.op().equals(HALVE) || !matches(node.input(0), SAME_3X3, 3)) {
            return Optional.empty();
        }
        Node conv = node.input(0);
        double[][] along = {{0.5, 0, 0}, {0.5, 0.5, 0}, {0, 0.5, 0.5}, {0, 0, 0.5}};
        Op op = new Op.Conv2d(TWO, ONE, ONE, 1);
        return Optional.of(applyWithBias(op, conv.input(0), enlarge(conv.input(1), along), conv));
    }

    /** The transposed convolution of a single pixel as a matrix product: each pixel of the result has one tap. */
    private static Optional<Node> convolutionFromOnePixel(Node node) {
        if (!(node.op() instanceof Op.ConvTranspose2d op) || !spreadsOnePixel(node, op)) {
            return Optional.empty();
        }
        Node x = node.input(0);
        Node kernel = node.input(1);
        int channels = kernel.shape().extent(0);
        int outputs = kernel.shape().extent(1);
        int height = kernel.shape().extent(2);
        int width = kernel.shape().extent(3);
        Node spread = x.reshape(x.shape().extent(0), channels)
                .matMul(kernel.reshape(channels, outputs * height * width))
                .reshape(x.shape().extent(0), outputs, height, width);
        return Optional.of(node.inputs().size() > 2 ? spread.plus(node.input(2).reshape(1, outputs, 1, 1)) : spread);
    }

    private static boolean spreadsOnePixel(Node node, Op.ConvTranspose2d op) {
        Shape image = node.input(0).shape();
        return image.extent(2) == 1
                && image.extent(3) == 1
                && op.equals(new Op.ConvTranspose2d(op.stride(), Extent.square(0)));
    }

    private static boolean matches(Node node, Op.Conv2d op, int kernel) {
        return node.op().equals(op)
                && node.input(1).shape().extent(2) == kernel
                && node.input(1).shape().extent(3) == kernel;
    }

    /** The kernel A·w·Aᵀ of 4×4 for each 3×3 kernel w of an (O, I, 3, 3) weight, where A is {@code along}. */
    private static Node enlarge(Node weight, double[][] along) {
        float[] matrix = new float[9 * 16];
        for (int from = 0; from < 9; from++) {
            for (int to = 0; to < 16; to++) {
                matrix[from * 16 + to] = (float) (along[to / 4][from / 3] * along[to % 4][from % 3]);
            }
        }
        int outputs = weight.shape().extent(0);
        int inputs = weight.shape().extent(1);
        return weight.reshape(outputs * inputs, 9)
                .matMul(Node.constant(Tensor.of(matrix, 9, 16)))
                .reshape(outputs, inputs, 4, 4);
    }

    /** The convolution {@code conv} of another input; nameless, since its value is another. */
    private static Node moved(Node conv, Node x) {
        return applyWithBias(conv.op(), x, conv.input(1), conv);
    }

    private static Node applyWithBias(Op op, Node x, Node kernel, Node conv) {
        return conv.inputs().size() > 2 ? Node.apply(op, x, kernel, conv.input(2)) : Node.apply(op, x, kernel);
    }
}
