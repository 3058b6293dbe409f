package dev.ganzoo.zoo.graph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.OperationCase;
import dev.ganzoo.zoo.graph.OperationSamples;
import dev.ganzoo.zoo.graph.reference.Closeness;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class WeightsTest {
    static Stream<OperationCase> evaluations() {
        return OperationSamples.cases().filter(operation -> operation.mode() == Mode.EVALUATION);
    }

    @ParameterizedTest
    @MethodSource("evaluations")
    void boundAndFoldedGraphsHaveTheSameValues(OperationCase operation) {
        Graph bound = Weights.bind(operation.graph(), operation.weights());
        Graph folded = Rewriter.with(List.of(new ConstantFolding())).rewrite(bound);
        Map<String, DoubleTensor> inputs = DoubleTensor.of(operation.inputs());
        Map<String, DoubleTensor> expected = operation.expected().outputs();

        assertThat(bound.states()).isEmpty();
        assertThat(ReferenceEvaluator.evaluate(bound, Mode.EVALUATION, inputs, Map.of())
                        .outputs())
                .isEqualTo(expected);
        ReferenceEvaluator.evaluate(folded, Mode.EVALUATION, inputs, Map.of())
                .outputs()
                .forEach((name, value) -> Closeness.assertClose(name, value, expected.get(name), 1e-6));
    }

    @ParameterizedTest
    @MethodSource("evaluations")
    void nothingIsLeftToFold(OperationCase operation) {
        Graph bound = Weights.bind(operation.graph(), operation.weights());

        Graph folded = Rewriter.with(List.of(new ConstantFolding())).rewrite(bound);

        assertThat(folded.nodes())
                .filteredOn(node -> !node.inputs().isEmpty())
                .allMatch(node -> node.inputs().stream().anyMatch(input -> !(input.op() instanceof Op.Constant)));
    }

    @Test
    void valuesThatAreMissingOrOfAnotherShapeAreNamed() {
        Graph graph = Graph.of(
                "g", "out", Node.parameter("w", Init.constant(1), 2).plus(Node.buffer("b", Init.constant(1), 2)));
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("w", Tensor.zeros(2));

        assertThatThrownBy(() -> Weights.bind(graph, values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value for buffer b of shape (2); given: [w]");
        values.put("b", Tensor.zeros(2, 1));
        assertThatThrownBy(() -> Weights.bind(graph, values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value of buffer b: shape must be (2), got [2, 1]");
    }
}
