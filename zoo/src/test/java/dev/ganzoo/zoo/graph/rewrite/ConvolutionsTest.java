package dev.ganzoo.zoo.graph.rewrite;

import static dev.ganzoo.zoo.graph.rewrite.Rewrites.assertEqualUnder;
import static dev.ganzoo.zoo.graph.rewrite.Rewrites.only;
import static dev.ganzoo.zoo.graph.rewrite.Rewrites.operations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule against the graph as it was, in double arithmetic; nothing but its rounding may differ. */
@Tag("pure")
class ConvolutionsTest {
    private static final double TOLERANCE = 1e-12;
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 2;
    private static final Extent ONE = Extent.square(1);
    private static final Extent TWO = Extent.square(2);
    private static final Extent NONE = Extent.square(0);
    private static final Op.Conv2d POINTWISE = new Op.Conv2d(ONE, NONE, ONE, 1);
    private static final Op.Conv2d SAME = new Op.Conv2d(ONE, ONE, ONE, 1);

    @ParameterizedTest
    @CsvSource({"NEAREST, 2, true", "NEAREST, 3, false", "BILINEAR, 2, true", "BILINEAR, 4, false"})
    void pointwiseConvolutionsMoveBeforeUpsampling(Interpolation interpolation, int factor, boolean bias) {
        Node y = conv(POINTWISE, image(3, 5).upsample(interpolation, factor), 1, bias);

        Graph after = check("pointwise-before-upsampling", y);

        assertThat(after.output().op()).isEqualTo(new Op.Upsample2d(interpolation, factor));
        assertThat(after.output().input(0).op()).isEqualTo(POINTWISE);
    }

    @ParameterizedTest
    @CsvSource({"2, true", "2, false", "3, true"})
    void pointwiseConvolutionsMoveAfterPooling(int window, boolean bias) {
        Node y = conv(POINTWISE, image(3 * window, window), 1, bias).avgPool(window);

        Graph after = check("pointwise-after-pooling", y);

        assertThat(after.output().op()).isEqualTo(POINTWISE);
        assertThat(after.output().input(0).op()).isInstanceOf(Op.AvgPool2d.class);
    }

    @ParameterizedTest
    @CsvSource({"3, 5, true", "4, 4, false", "1, 1, true", "1, 3, false"})
    void upsampledConvolutionsAreTransposedOnes(int height, int width, boolean bias) {
        Node y = conv(SAME, image(height, width).upsample(Interpolation.NEAREST, 2), 3, bias);

        Graph after = check("upsampled-convolution", y);

        assertThat(after.output().op()).isEqualTo(new Op.ConvTranspose2d(TWO, ONE));
        assertThat(operations(after)).doesNotContain(Op.Upsample2d.class, Op.Conv2d.class);
    }

    @ParameterizedTest
    @CsvSource({"6, 10, true", "8, 8, false", "2, 2, true", "2, 6, false"})
    void pooledConvolutionsAreStridedOnes(int height, int width, boolean bias) {
        Node y = conv(SAME, image(height, width), 3, bias).avgPool(2);

        Graph after = check("pooled-convolution", y);

        assertThat(after.output().op()).isEqualTo(new Op.Conv2d(TWO, ONE, ONE, 1));
        assertThat(operations(after)).doesNotContain(Op.AvgPool2d.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 4, true", "2, 3, false"})
    void transposedConvolutionsOfOnePixelAreProducts(int stride, int kernel, boolean bias) {
        Op op = new Op.ConvTranspose2d(Extent.square(stride), NONE);
        Node y = deconv(op, image(1, 1), kernel, bias);

        Graph after = check("convolution-from-one-pixel", y);

        assertThat(operations(after)).contains(Op.MatMul.class).doesNotContain(Op.ConvTranspose2d.class);
    }

    @Test
    void rulesApplyOneAfterTheOther() {
        Node x = image(4, 4);
        Node up = conv(POINTWISE, x.upsample(Interpolation.NEAREST, 2), 1, true);
        Node y = Node.apply(SAME, up.relu(), Node.parameter("second", Init.normal(0, 1), 2, OUTPUTS, 3, 3))
                .avgPool(2);

        Graph after = assertEqualUnder(Convolutions.rules(), y, TOLERANCE);

        assertThat(operations(after)).contains(Op.Upsample2d.class).doesNotContain(Op.AvgPool2d.class);
    }

    static Stream<Node> otherPatterns() {
        Node x = image(8, 8);
        Node repeated = x.upsample(Interpolation.NEAREST, 2);
        return Stream.of(
                conv(new Op.Conv2d(TWO, ONE, ONE, 1), repeated, 3, true),
                conv(new Op.Conv2d(ONE, TWO, TWO, 1), repeated, 3, true),
                conv(new Op.Conv2d(ONE, NONE, ONE, 1), repeated, 3, true),
                conv(new Op.Conv2d(TWO, NONE, ONE, 1), repeated, 1, true),
                conv(SAME, repeated, 2, true),
                conv(SAME, x.upsample(Interpolation.BILINEAR, 2), 3, true),
                conv(SAME, x.upsample(Interpolation.NEAREST, 3), 3, true),
                conv(SAME, x, 3, true).avgPool(4),
                conv(SAME, x, 3, true).relu().avgPool(2),
                conv(new Op.Conv2d(TWO, ONE, ONE, 1), x, 3, true).avgPool(2),
                conv(new Op.Conv2d(ONE, TWO, TWO, 1), x, 3, true).avgPool(2),
                conv(new Op.Conv2d(TWO, NONE, ONE, 1), x, 1, true).avgPool(2),
                deconv(new Op.ConvTranspose2d(ONE, ONE), image(1, 1), 4, true),
                deconv(new Op.ConvTranspose2d(ONE, NONE), image(1, 2), 4, true),
                depthwise(repeated, 3),
                depthwise(x, 3).avgPool(2),
                depthwise(repeated, 1),
                depthwise(x, 1).avgPool(2));
    }

    @ParameterizedTest
    @MethodSource("otherPatterns")
    void otherPatternsStayAsTheyAre(Node node) {
        Graph graph = Graph.of("other", "y", node);

        assertThat(Rewriter.with(Convolutions.rules()).rewrite(graph)).isSameAs(graph);
    }

    private static Graph check(String rule, Node y) {
        return assertEqualUnder(only(Convolutions.rules(), rule), y.named("y"), TOLERANCE);
    }

    private static Node image(int height, int width) {
        return Node.input("x", Shape.of(Shape.N, INPUTS, height, width));
    }

    private static Node conv(Op op, Node x, int kernel, boolean bias) {
        Node weight = Node.parameter("weight", Init.normal(0, 1), OUTPUTS, INPUTS, kernel, kernel);
        return bias
                ? Node.apply(op, x, weight, Node.parameter("bias", Init.normal(0, 1), OUTPUTS))
                : Node.apply(op, x, weight);
    }

    private static Node deconv(Op op, Node x, int kernel, boolean bias) {
        Node weight = Node.parameter("weight", Init.normal(0, 1), INPUTS, OUTPUTS, kernel, kernel);
        return bias
                ? Node.apply(op, x, weight, Node.parameter("bias", Init.normal(0, 1), OUTPUTS))
                : Node.apply(op, x, weight);
    }

    private static Node depthwise(Node x, int kernel) {
        Extent padding = Extent.square(kernel / 2);
        Node weight = Node.parameter("weight", Init.normal(0, 1), INPUTS, 1, kernel, kernel);
        return Node.apply(new Op.Conv2d(ONE, padding, ONE, INPUTS), x, weight);
    }
}
