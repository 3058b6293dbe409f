package dev.ganzoo.zoo.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.OperationCase;
import dev.ganzoo.zoo.graph.OperationSamples;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.NumericalGradient;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.random.Randomness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class GradientsTest {
    private static final double TOLERANCE = 1e-6;

    /** Samples with a leaf for which there is no rule. */
    private static final Set<String> WITHOUT_RULE = Set.of(
            "conv2d groups",
            "conv2d depthwise",
            "conv2d everything",
            "convTranspose2d groups",
            "maxPool2dGradient",
            "maxPool2dGradient overlapping");

    static Stream<OperationCase> cases() {
        return OperationSamples.cases().filter(operation -> operation.mode() == Mode.EVALUATION);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyRuleAgreesWithCentralDifferences(OperationCase operation) {
        if (WITHOUT_RULE.contains(operation.sample().name())) {
            assertThatThrownBy(() -> gradientsOf(operation.graph(), leaves(operation.graph())))
                    .isInstanceOf(NoGradientException.class);
            return;
        }
        compare(operation, leaves(operation.graph()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void imagesHaveGradientsWhateverTheKernel(OperationCase operation) {
        boolean grouped = WITHOUT_RULE.contains(operation.sample().name())
                && !operation.sample().name().startsWith("maxPool");
        if (grouped) {
            compare(operation, operation.graph().inputs());
        }
    }

    private static void compare(OperationCase operation, List<Node> leaves) {
        Map<String, DoubleTensor> values = new LinkedHashMap<>(DoubleTensor.of(operation.inputs()));
        values.putAll(DoubleTensor.of(operation.weights()));
        Map<String, DoubleTensor> cotangents = new LinkedHashMap<>();
        operation
                .expected()
                .outputs()
                .forEach((name, value) -> cotangents.put(
                        name,
                        DoubleTensor.of(Init.normal(0, 1)
                                .sample(value.shape(), Randomness.of(2).at(0)))));
        Map<String, DoubleTensor> expected =
                NumericalGradient.of(operation.graph(), Mode.EVALUATION, values, cotangents);
        cotangents.forEach((name, value) -> values.put("cotangent." + name, value));

        Map<String, DoubleTensor> actual = ReferenceEvaluator.evaluate(
                        gradientsOf(operation.graph(), leaves), Mode.EVALUATION, values, values)
                .outputs();

        for (Node leaf : leaves) {
            double[] found = actual.get(leaf.name()).data();
            double[] sought = expected.get(leaf.name()).data();
            assertThat(actual.get(leaf.name()).shape())
                    .isEqualTo(expected.get(leaf.name()).shape());
            for (int i = 0; i < sought.length; i++) {
                double error = Math.abs(found[i] - sought[i]) / Math.max(1, Math.abs(sought[i]));
                assertThat(error)
                        .as("%s at %s: %s for %s", leaf.name(), i, found[i], sought[i])
                        .isLessThan(TOLERANCE);
            }
        }
    }

    private static Graph gradientsOf(Graph graph, List<Node> leaves) {
        Map<Node, Node> cotangents = new LinkedHashMap<>();
        graph.outputs()
                .forEach((name, output) -> cotangents.put(output, Node.input("cotangent." + name, output.shape())));
        List<Node> gradients = Gradients.of(cotangents, leaves);
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            outputs.put(leaves.get(i).name(), gradients.get(i));
        }
        return Graph.of("gradients of " + graph.name(), outputs);
    }

    private static List<Node> leaves(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Op.Input || node.op() instanceof Op.Parameter)
                .toList();
    }

    @Test
    void aMissingRuleMattersOnlyWhereADifferentiatedValueEntersIt() {
        Node x = Node.input("x", Shape.of(Shape.N, 2, 4, 4));
        Op grouped = new Op.Conv2d(Extent.square(1), Extent.square(1), Extent.square(1), 2);
        Node weight = Node.parameter("weight", Init.constant(0), 2, 1, 3, 3);
        Node y = Node.apply(grouped, x, weight).named("grouped").relu();

        assertThat(Gradients.of(y, Node.constant(1).expandLike(y), x).shape()).isEqualTo(x.shape());
        assertThatThrownBy(() -> Gradients.of(y, Node.constant(1).expandLike(y), weight))
                .isInstanceOf(NoGradientException.class)
                .hasMessage("no gradient rule for grouped (conv2d) in its input 1");
    }

    @Test
    void whatDoesNotCountHasAGradientOfZeros() {
        Node x = Node.input("x", Shape.of(Shape.N, 3));
        Node z = Node.input("z", Shape.of(Shape.N, 2));
        Graph gradient = Graph.of("gradient", "x", Gradients.of(z, z, x).plus(x.times(Node.constant(0))));

        DoubleTensor zeros = ReferenceEvaluator.evaluate(
                        gradient, Mode.EVALUATION, Map.of("x", DoubleTensor.of(new double[] {1, 2, 3}, 1, 3)), Map.of())
                .output();

        assertThat(zeros).isEqualTo(DoubleTensor.zeros(1, 3));
    }

    @Test
    void aCotangentHasTheShapeOfItsOutput() {
        Node x = Node.input("x", Shape.of(Shape.N, 3));

        assertThatThrownBy(() -> Gradients.of(x.relu(), Node.constant(1), x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the cotangent of relu (N, 3) must have its shape, got ()");
    }
}
