package dev.ganzoo.zoo.graph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.architecture.Pooling;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.Closeness;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule against the graph as it was, by the reference reading; rounding to float32 is all that may differ. */
@Tag("pure")
class FoldingTest {
    private static final int CHANNELS = 3;
    private static final int CLASSES = 5;
    private static final Node X = Node.input("x", Shape.of(Shape.N, CHANNELS, 2, 2));
    private static final Node Y = Node.input("class_weights", Shape.of(Shape.N, CLASSES));

    @Test
    void constantExpressionsAreTheirValue() {
        Node scale = constant(1, CHANNELS).plus(constant(2, CHANNELS)).reshape(CHANNELS, 1, 1);

        Graph after = check(new ConstantFolding(), X.times(scale));

        assertThat(operations(after)).containsExactlyInAnyOrder("input", "constant", "multiply");
    }

    @Test
    void spectralNormOfConstantsIsItsWeight() {
        Node u = Node.constant(Examples.unitVector(1, 4));
        Node v = Node.constant(Examples.unitVector(2, CHANNELS * 4));
        Node weight = Node.apply(new Op.SpectralNorm(1e-12), constant(3, 4, CHANNELS, 2, 2), u, v);
        Op.Conv2d conv = new Op.Conv2d(Extent.square(1), Extent.square(0), Extent.square(1), 1);

        Graph after = check(new ConstantFolding(), Node.apply(conv, X, weight));

        assertThat(operations(after)).containsExactlyInAnyOrder("input", "constant", "conv2d");
    }

    @Test
    void dropoutIsLeftAway() {
        Graph after = check(new DropoutAsIdentity(), X.dropout("a", 0.4).channelDropout("b", 0.5));

        assertThat(operations(after)).containsExactly("input");
    }

    @Test
    void batchNormIsAScaleAndAShift() {
        Graph after = check(new BatchNormAsAffine(), batchNorm(X, 1));

        assertThat(operations(after)).containsExactlyInAnyOrder("input", "constant", "multiply", "constant", "add");
    }

    @Test
    void batchNormOfVectorsIsAScaleAndAShift() {
        Graph after = check(new BatchNormAsAffine(), batchNorm(Node.input("x", Shape.of(Shape.N, CHANNELS)), 1));

        assertThat(operations(after)).doesNotContain("batchNorm");
    }

    @Test
    void batchNormOfUnknownStatisticsStays() {
        Node gain = Node.input("gain", Shape.of(CHANNELS));
        Node node = Node.apply(
                new Op.BatchNorm(1e-5, 0.1),
                X,
                gain,
                constant(1, CHANNELS),
                constant(2, CHANNELS),
                Node.constant(Examples.positive(3, CHANNELS)));

        assertThat(new BatchNormAsAffine().rewrite(node)).isEmpty();
    }

    @Test
    void scaleOfAnAffineIsTakenIntoIt() {
        Node affine = X.times(constant(1, 1, CHANNELS, 1, 1)).plus(constant(2, 1, CHANNELS, 1, 1));

        Graph after = check(new ScaleIntoAffine(), lookup(3).times(affine));

        assertThat(after.output().op()).isInstanceOf(Op.Add.class);
        assertThat(after.output().input(0).inputs()).contains(onlyInput(after, "x"));
    }

    @Test
    void scaleOfTheSameSizeStays() {
        Node affine = X.times(constant(1, 1, CHANNELS, 1, 1)).plus(constant(2, 1, CHANNELS, 1, 1));

        assertThat(new ScaleIntoAffine().rewrite(affine.times(X))).isEmpty();
    }

    @Test
    void shiftBeforeAScaleMovesBehindIt() {
        Graph after = check(new ShiftIntoAffine(), lookup(3).times(X.relu().plus(constant(1, 1, CHANNELS, 1, 1))));

        assertThat(after.output().op()).isInstanceOf(Op.Add.class);
    }

    @Test
    void shiftOfTheSameSizeStays() {
        assertThat(new ShiftIntoAffine().rewrite(X.relu().plus(X).times(lookup(1))))
                .isEmpty();
    }

    @Test
    void largeConstantsThatGrewStayExpressions() {
        Node small = constant(1, 1, 1 << 14);
        Node grown = constant(2, 2, 1).times(small);

        assertThat(new ConstantFolding().rewrite(small.times(constant(2, 1, 1))))
                .isPresent();
        assertThat(new ConstantFolding().rewrite(grown)).isEmpty();
    }

    @Test
    void shiftsAreMerged() {
        Graph after = check(
                new MergeShifts(), lookup(2).plus(constant(1, 1, CHANNELS, 1, 1).plus(X)));

        assertThat(after.output().inputs()).contains(onlyInput(after, "x"));
    }

    @Test
    void sumsOfLargeValuesStay() {
        assertThat(new MergeShifts().rewrite(X.relu().plus(X).plus(X.tanh()))).isEmpty();
    }

    @Test
    void scaleOfALookupIsTakenIntoItsTable() {
        Graph after =
                check(new ScaleIntoClassTable(), constant(1, 1, CHANNELS, 1, 1).times(lookup(2)));

        assertThat(operations(after)).containsExactlyInAnyOrder("input", "constant", "matMul", "reshape");
    }

    @Test
    void scaleThatIsNotPerChannelStays() {
        assertThat(new ScaleIntoClassTable().rewrite(lookup(1).times(constant(2, 1, CHANNELS, 2, 2))))
                .isEmpty();
    }

    @Test
    void sumOfLookupsIsALookupOfTheSum() {
        Graph after = check(new SumOfClassTables(), lookup(1).plus(lookup(2)));

        assertThat(operations(after)).containsExactlyInAnyOrder("input", "constant", "matMul", "reshape");
    }

    @Test
    void lookupsByDifferentWeightsStay() {
        Node other = Node.input("other", Shape.of(Shape.N, CLASSES))
                .matMul(constant(1, CLASSES, CHANNELS))
                .reshape(Shape.N, CHANNELS, 1, 1);

        assertThat(new SumOfClassTables().rewrite(lookup(2).plus(other))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void generatorKeepsNoNormButTwoTablesForEach(Interpolation upsampling) {
        ResidualGan.Spec spec = new ResidualGan.Spec(4, CLASSES, 3, 4, 4, upsampling, false, Pooling.SUM);
        Graph generator = ResidualGan.generator(spec);
        Map<String, Tensor> weights = Examples.weights(generator);

        Graph folded = Folding.fold(generator, weights);

        assertThat(operations(folded)).doesNotContain("batchNorm", "parameter", "buffer");
        assertThat(operations(folded).stream().filter("matMul"::equals)).hasSize(12);
        assertThat(operations(folded).stream().filter("multiply"::equals)).hasSize(7);
        assertSame(generator, weights, folded, 1e-5);
    }

    @Test
    void discriminatorKeepsNoSpectralNorm() {
        ResidualGan.Spec spec = new ResidualGan.Spec(4, CLASSES, 3, 4, 4, Interpolation.NEAREST, false, Pooling.SUM);
        Graph discriminator = ResidualGan.discriminator(spec);
        Map<String, Tensor> weights = Examples.weights(discriminator);

        Graph folded = Folding.fold(discriminator, weights);

        assertThat(operations(folded)).doesNotContain("spectralNorm", "parameter", "buffer");
        assertSame(discriminator, weights, folded, 1e-6);
    }

    @Test
    void rulesHaveNamesOfTheirOwn() {
        assertThat(Folding.rules().stream().map(Rule::name)).doesNotHaveDuplicates();
    }

    private static Graph check(Rule rule, Node node) {
        Graph before = Graph.of("before", "y", node);
        Graph after = Rewriter.with(List.of(rule)).rewrite(before);
        assertThat(after).isNotSameAs(before);
        assertSame(before, Map.of(), after, 1e-6);
        return after;
    }

    private static void assertSame(Graph before, Map<String, Tensor> weights, Graph after, double tolerance) {
        Map<String, DoubleTensor> inputs = DoubleTensor.of(Examples.inputs(before, 3));
        DoubleTensor expected = ReferenceEvaluator.evaluate(before, Mode.EVALUATION, inputs, DoubleTensor.of(weights))
                .output();
        DoubleTensor actual = ReferenceEvaluator.evaluate(after, Mode.EVALUATION, inputs, Map.of())
                .output();
        Closeness.assertClose(after.name(), actual, expected, tolerance);
    }

    private static Node lookup(int seed) {
        return Y.matMul(constant(seed, CLASSES, CHANNELS)).reshape(Shape.N, CHANNELS, 1, 1);
    }

    private static Node batchNorm(Node x, int seed) {
        return Node.apply(
                new Op.BatchNorm(1e-5, 0.1),
                x,
                constant(seed, CHANNELS),
                constant(seed + 1, CHANNELS),
                constant(seed + 2, CHANNELS),
                Node.constant(Examples.positive(seed + 3, CHANNELS)));
    }

    private static Node constant(int seed, int... shape) {
        return Node.constant(Examples.normal(seed, shape));
    }

    private static Node onlyInput(Graph graph, String name) {
        return graph.inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> operations(Graph graph) {
        return graph.nodes().stream().map(node -> node.op().mnemonic()).toList();
    }
}
