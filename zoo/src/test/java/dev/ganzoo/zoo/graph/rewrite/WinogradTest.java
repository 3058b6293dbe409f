package dev.ganzoo.zoo.graph.rewrite;

import static dev.ganzoo.zoo.graph.rewrite.Rewrites.assertEqualUnder;
import static dev.ganzoo.zoo.graph.rewrite.Rewrites.only;
import static dev.ganzoo.zoo.graph.rewrite.Rewrites.operations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrices of the algorithms are float32 in the graph, so that their rounding is all that may differ. */
@Tag("pure")
class WinogradTest {
    private static final double TOLERANCE = 1e-5;
    private static final int CHANNELS = 96;
    private static final Extent ONE = Extent.square(1);
    private static final Op.Conv2d SAME = new Op.Conv2d(ONE, ONE, ONE, 1);
    private static final Op.Conv2d POINTWISE = new Op.Conv2d(ONE, Extent.square(0), ONE, 1);

    @Test
    void filtersTilesWithFewProducts() {
        RandomGenerator random = new java.util.Random(1);
        double[] taps = random.doubles(3).toArray();
        double[] inputs = random.doubles(6).toArray();
        double[] repeated = {inputs[0], inputs[1], inputs[1], inputs[2], inputs[2], inputs[3]};

        assertFilters(MinimalFiltering.PLAIN, 6, taps, inputs, inputs);
        assertFilters(MinimalFiltering.REPEATED, 5, taps, inputs, repeated);
    }

    private static void assertFilters(
            MinimalFiltering filtering, int products, double[] taps, double[] inputs, double[] seen) {
        assertThat(filtering.products()).isEqualTo(products);
        for (int i = 0; i < MinimalFiltering.TILE; i++) {
            double sum = 0;
            for (int product = 0; product < products; product++) {
                sum += filtering.output()[i][product]
                        * dot(filtering.filter()[product], taps)
                        * dot(filtering.input()[product], inputs);
            }
            double expected = seen[i] * taps[0] + seen[i + 1] * taps[1] + seen[i + 2] * taps[2];
            assertThat(sum).isCloseTo(expected, within(1e-12));
        }
    }

    private static double dot(double[] row, double[] values) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * values[i];
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"4, 8, true", "8, 4, false", "4, 4, true"})
    void convolutionsAreProducts(int height, int width, boolean bias) {
        Node y = conv(SAME, image(height, width), CHANNELS, 3, bias);

        Graph after = check(Winograd.rules(), "winograd-convolution", y);

        assertThat(operations(after)).contains(Op.MatMul.class).doesNotContain(Op.Conv2d.class);
    }

    @ParameterizedTest
    @CsvSource({"2, 4, true", "4, 2, false", "6, 2, true"})
    void upsampledConvolutionsAreProducts(int height, int width, boolean bias) {
        Node y = conv(SAME, image(height, width).upsample(Interpolation.NEAREST, 2), CHANNELS, 3, bias);

        Graph after = check(Winograd.rules(), "winograd-upsampled-convolution", y);

        assertThat(operations(after)).doesNotContain(Op.Conv2d.class, Op.Upsample2d.class);
    }

    static Stream<Node> otherPatterns() {
        Node x = image(8, 8);
        return Stream.of(
                conv(SAME, x, CHANNELS - 1, 3, true),
                conv(SAME, image(8, 6), CHANNELS, 3, true),
                conv(SAME, image(3, 4).upsample(Interpolation.NEAREST, 2), CHANNELS, 3, true),
                conv(SAME, x, CHANNELS, 2, true),
                conv(POINTWISE, x, CHANNELS, 1, true),
                conv(new Op.Conv2d(Extent.square(2), ONE, ONE, 1), x, CHANNELS, 3, true),
                conv(new Op.Conv2d(ONE, Extent.square(2), Extent.square(2), 1), x, CHANNELS, 3, true));
    }

    @ParameterizedTest
    @MethodSource("otherPatterns")
    void otherPatternsStayAsTheyAre(Node node) {
        Graph graph = Graph.of("other", "y", node);

        assertThat(Rewriter.with(Winograd.rules()).rewrite(graph)).isSameAs(graph);
    }

    @Test
    void transposesCancel() {
        Node x = image(4, 4);
        Graph graph = Graph.of("twice", "y", PixelsFirst.back(PixelsFirst.of(x)).relu());

        Graph after =
                Rewriter.with(only(PixelsFirst.rules(), "transposes-cancel")).rewrite(graph);

        assertThat(after.output().input(0)).isSameAs(x);
    }

    @Test
    void transposesMoveAfterActivations() {
        Graph after = check(
                PixelsFirst.rules(),
                "transpose-after-activation",
                laidOut("x", 2, 3, 4).relu());

        assertThat(after.output().op()).isInstanceOf(Op.Transpose.class);
    }

    @Test
    void transposesMoveAfterArithmetic() {
        Node x = laidOut("x", 2, 3, 4);
        Node gain = Node.input("gain", Shape.of(Shape.N, 4)).reshape(Shape.N, 4, 1, 1);
        Node shift = Node.parameter("shift", Init.normal(0, 1), 1, 4, 1, 1);

        for (Node y : List.of(x.times(gain), shift.plus(x), x.plus(laidOut("other", 2, 3, 4)))) {
            Graph after = check(PixelsFirst.rules(), "transpose-after-arithmetic", y);

            assertThat(after.output().op()).isInstanceOf(Op.Transpose.class);
        }
    }

    @Test
    void sumsWithUpsampledImagesNeedNoUpsampling() {
        Node shift = Node.parameter("shift", Init.normal(0, 1), 5);
        Node large =
                PixelsFirst.back(Node.input("x", Shape.of(4, 6, Shape.N, 5)).plus(shift));
        Node small = Node.input("small", Shape.of(Shape.N, 5, 2, 3)).upsample(Interpolation.NEAREST, 2);

        Graph after = check(PixelsFirst.rules(), "sum-with-upsampled", small.plus(large));

        assertThat(operations(after)).doesNotContain(Op.Upsample2d.class);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void pointwiseConvolutionsAreProducts(boolean bias) {
        Graph after =
                check(PixelsFirst.rules(), "pointwise-as-product", conv(POINTWISE, laidOut("x", 2, 3, 5), 4, 1, bias));

        assertThat(operations(after)).contains(Op.MatMul.class).doesNotContain(Op.Conv2d.class);
    }

    @ParameterizedTest
    @CsvSource({"3, true", "1, false"})
    void convolutionsToFewChannelsAreSumsOfShifts(int outputs, boolean bias) {
        Graph after =
                check(PixelsFirst.rules(), "few-outputs-by-taps", conv(SAME, laidOut("x", 3, 4, 5), outputs, 3, bias));

        assertThat(operations(after)).contains(Op.MatMul.class).doesNotContain(Op.Conv2d.class);
    }

    @Test
    void nothingIsTransposedBetweenConvolutions() {
        Node h = image(2, 2);
        for (String block : List.of("block1.", "block2.")) {
            Node up = conv(block + 1, SAME, h.relu().upsample(Interpolation.NEAREST, 2), CHANNELS, 3, true);
            Node plain = conv(block + 2, SAME, up.relu(), CHANNELS, 3, true);
            h = plain.plus(conv(block + 3, POINTWISE, h.upsample(Interpolation.NEAREST, 2), CHANNELS, 1, true));
        }
        Node y = conv("last", SAME, h.relu(), 3, 3, true).named("y");
        List<Rule> rules = new ArrayList<>(PixelsFirst.rules());
        rules.addAll(Winograd.rules());
        rules.addAll(Convolutions.rules());
        rules.add(new DuplicateNodes());

        Graph after = assertEqualUnder(rules, y, 1e-4);

        assertThat(operations(after)).doesNotContain(Op.Upsample2d.class, Op.ConvTranspose2d.class);
        assertThat(after.nodes().stream().filter(PixelsFirst::isLaidOut).toList())
                .hasSizeLessThanOrEqualTo(3);
    }

    private static Graph check(List<Rule> rules, String rule, Node y) {
        return assertEqualUnder(only(rules, rule), y.named("y"), TOLERANCE);
    }

    private static Node image(int height, int width) {
        return Node.input("x", Shape.of(Shape.N, CHANNELS, height, width));
    }

    private static Node laidOut(String name, int height, int width, int channels) {
        return PixelsFirst.back(Node.input(name, Shape.of(height, width, Shape.N, channels)));
    }

    private static Node conv(Op op, Node x, int outputs, int kernel, boolean bias) {
        return conv("", op, x, outputs, kernel, bias);
    }

    private static Node conv(String name, Op op, Node x, int outputs, int kernel, boolean bias) {
        int channels = x.shape().extent(1);
        Init init = Init.normal(0, 1 / Math.sqrt(channels * kernel * kernel));
        Node weight = Node.parameter(name + "weight", init, outputs, channels, kernel, kernel);
        return bias
                ? Node.apply(op, x, weight, Node.parameter(name + "bias", Init.normal(0, 1), outputs))
                : Node.apply(op, x, weight);
    }
}
