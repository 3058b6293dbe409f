package dev.ganzoo.training.engine;

import static dev.ganzoo.zoo.graph.reference.Closeness.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.zoo.architecture.TinyNetworks;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator.Evaluation;
import dev.ganzoo.zoo.graph.rewrite.Examples;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every architecture in libtorch, as it is trained, against the reference reading. */
@Tag("native")
@ExtendWith(NativeResources.class)
class DjlNetworksTest {
    private static final double TOLERANCE = 5e-5;

    static Stream<Graph> graphs() {
        return TinyNetworks.graphs();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void valuesAndBuffersAgree(Graph graph) {
        Map<String, Tensor> weights = Examples.weights(graph);
        Map<String, Tensor> inputs = Examples.inputs(graph, 3);
        for (Mode mode : Mode.values()) {
            Evaluation expected =
                    ReferenceEvaluator.evaluate(graph, mode, DoubleTensor.of(inputs), DoubleTensor.of(weights));
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Network network = Network.restore(Network.FASTER.rewrite(graph), weights, manager)) {
                Map<String, NDArray> given = new LinkedHashMap<>();
                inputs.forEach((name, value) -> given.put(name, NetworkValues.upload(manager, value)));
                network.outputs(manager, mode, given)
                        .forEach((name, value) -> assertClose(
                                name,
                                NetworkValues.download(value),
                                expected.outputs().get(name),
                                TOLERANCE));
                Map<String, Tensor> after = network.toTensors();
                expected.updatedBuffers()
                        .forEach((name, value) -> assertClose(name, after.get(name), value, TOLERANCE));
            }
        }
    }
}
