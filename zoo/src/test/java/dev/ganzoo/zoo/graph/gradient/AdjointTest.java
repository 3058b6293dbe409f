package dev.ganzoo.zoo.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.OperationCase;
import dev.ganzoo.zoo.graph.OperationSamples;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.random.Randomness;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a graph is an affine function of its inputs, f(v) − f(0) = Jv, and ⟨g, Jv⟩ = ⟨Jᵀg, v⟩. */
@Tag("pure")
class AdjointTest {
    /** Constants of a graph are float32, such as the weights of bilinear interpolation. */
    private static final double EXACT = 1e-7;

    static Stream<OperationCase> affine() {
        return OperationSamples.cases()
                .filter(operation -> operation.mode() == Mode.EVALUATION
                        && !operation.graph().inputs().isEmpty()
                        && !operation.sample().name().startsWith("maxPool2dGradient")
                        && isAffine(operation));
    }

    @Test
    void manyOperationsAreAffine() {
        List<String> names =
                affine().map(operation -> operation.sample().name()).distinct().toList();

        assertThat(names)
                .hasSizeGreaterThan(60)
                .contains(
                        "conv2d everything",
                        "convTranspose2d groups",
                        "avgPool2d overlapping",
                        "upsample2d bilinear fourfold",
                        "slice backwards with steps",
                        "concat of one",
                        "mean over batch");
    }

    @ParameterizedTest
    @MethodSource("affine")
    void theGradientIsTheAdjoint(OperationCase operation) {
        Graph graph = operation.graph();
        Map<String, DoubleTensor> direction = random(graph, operation.batch(), 3);
        Map<String, DoubleTensor> moved = minus(value(operation, direction), value(operation, zeros(direction)));
        Map<String, DoubleTensor> cotangents = new HashMap<>();
        moved.forEach((name, value) -> cotangents.put(
                name,
                DoubleTensor.of(
                        Init.normal(0, 1).sample(value.shape(), Randomness.of(5).at(0)))));

        Map<String, DoubleTensor> gradient = gradients(operation, direction, cotangents);

        assertThat(dot(gradient, direction))
                .isCloseTo(dot(cotangents, moved), within(EXACT * scale(cotangents, moved)));
    }

    private static Map<String, DoubleTensor> gradients(
            OperationCase operation, Map<String, DoubleTensor> at, Map<String, DoubleTensor> cotangents) {
        Map<Node, Node> given = new LinkedHashMap<>();
        Map<String, DoubleTensor> values = new HashMap<>(at);
        values.putAll(DoubleTensor.of(operation.weights()));
        operation.graph().outputs().forEach((name, output) -> {
            given.put(output, Node.input("cotangent." + name, output.shape()));
            values.put("cotangent." + name, cotangents.get(name));
        });
        List<Node> inputs = operation.graph().inputs();
        List<Node> gradients = Gradients.of(given, inputs);
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            outputs.put(inputs.get(i).name(), gradients.get(i));
        }
        Graph graph = Graph.of("adjoint", outputs);
        return ReferenceEvaluator.evaluate(graph, Mode.EVALUATION, values, values)
                .outputs();
    }

    private static boolean isAffine(OperationCase operation) {
        Map<String, DoubleTensor> v = random(operation.graph(), operation.batch(), 1);
        Map<String, DoubleTensor> w = random(operation.graph(), operation.batch(), 2);
        Map<String, DoubleTensor> origin = value(operation, zeros(v));
        Map<String, DoubleTensor> apart = plus(minus(value(operation, v), origin), minus(value(operation, w), origin));
        Map<String, DoubleTensor> together = minus(value(operation, plus(v, w)), origin);
        Map<String, DoubleTensor> difference = minus(together, apart);
        return dot(difference, difference) <= 1e-24 * (1 + dot(apart, apart));
    }

    private static Map<String, DoubleTensor> value(OperationCase operation, Map<String, DoubleTensor> inputs) {
        return ReferenceEvaluator.evaluate(
                        operation.graph(), Mode.EVALUATION, inputs, DoubleTensor.of(operation.weights()))
                .outputs();
    }

    private static Map<String, DoubleTensor> random(Graph graph, int batch, int seed) {
        Map<String, DoubleTensor> values = new LinkedHashMap<>();
        for (Node input : graph.inputs()) {
            int[] shape = input.shape().at(batch);
            values.put(
                    input.name(),
                    DoubleTensor.of(Init.normal(0, 1)
                            .sample(
                                    shape,
                                    Randomness.of(seed).forPurpose(input.name()).at(0))));
        }
        return values;
    }

    private static Map<String, DoubleTensor> zeros(Map<String, DoubleTensor> like) {
        Map<String, DoubleTensor> zeros = new LinkedHashMap<>();
        like.forEach((name, value) -> zeros.put(name, DoubleTensor.zeros(value.shape())));
        return zeros;
    }

    private static Map<String, DoubleTensor> minus(Map<String, DoubleTensor> a, Map<String, DoubleTensor> b) {
        return combine(a, b, -1);
    }

    private static Map<String, DoubleTensor> plus(Map<String, DoubleTensor> a, Map<String, DoubleTensor> b) {
        return combine(a, b, 1);
    }

    private static Map<String, DoubleTensor> combine(
            Map<String, DoubleTensor> a, Map<String, DoubleTensor> b, double factor) {
        Map<String, DoubleTensor> sums = new LinkedHashMap<>();
        a.forEach((name, value) -> {
            double[] sum = value.data().clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * b.get(name).data()[i];
            }
            sums.put(name, DoubleTensor.of(sum, value.shape()));
        });
        return sums;
    }

    private static double dot(Map<String, DoubleTensor> a, Map<String, DoubleTensor> b) {
        double sum = 0;
        for (String name : a.keySet()) {
            for (int i = 0; i < a.get(name).size(); i++) {
                sum += a.get(name).data()[i] * b.get(name).data()[i];
            }
        }
        return sum;
    }

    private static double scale(Map<String, DoubleTensor> a, Map<String, DoubleTensor> b) {
        return 1 + Math.sqrt(dot(a, a) * dot(b, b));
    }
}
