package dev.ganzoo.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.OperationCase;
import dev.ganzoo.zoo.graph.OperationSamples;
import dev.ganzoo.zoo.graph.reference.Closeness;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.graph.rewrite.ConstantFolding;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.graph.rewrite.Weights;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation, written as ONNX and run by ONNX Runtime, against the reference reading. */
@Tag("native")
class OnnxOperationsTest {
    static Stream<OperationCase> cases() {
        return OperationSamples.cases().filter(operation -> operation.mode() == Mode.EVALUATION);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsAreThoseOfTheReference(OperationCase operation) throws Exception {
        ReferenceEvaluator.Evaluation expected = operation.expected();

        Map<String, Tensor> actual = Onnx.run(OnnxModel.of(bound(operation)).bytes(), operation.inputs());

        assertThat(actual).containsOnlyKeys(expected.outputs().keySet());
        actual.forEach((name, value) ->
                Closeness.assertClose(name, value, expected.outputs().get(name), 2e-6));
    }

    /** As little folded as ONNX allows, so that the operation itself is run. */
    private static Graph bound(OperationCase operation) {
        Graph graph = Weights.bind(operation.graph(), operation.weights());
        boolean spectral = graph.nodes().stream().anyMatch(node -> node.op() instanceof Op.SpectralNorm);
        return spectral ? Rewriter.with(List.of(new ConstantFolding())).rewrite(graph) : graph;
    }
}
