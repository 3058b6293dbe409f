package dev.ganzoo.training.engine;

import static dev.ganzoo.zoo.graph.reference.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.OperationCase;
import dev.ganzoo.zoo.graph.OperationSamples;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.NumericalGradient;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator.Evaluation;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation in libtorch, forwards and backwards, against the reference reading. */
@Tag("native")
@ExtendWith(NativeResources.class)
class DjlOperationsTest {
    private static final double VALUE_TOLERANCE = 1e-5;
    private static final double GRADIENT_TOLERANCE = 1e-4;

    static Stream<OperationCase> cases() {
        return OperationSamples.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAndBuffersAgree(OperationCase operation) {
        Evaluation expected = operation.expected();
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network network = Network.restore(operation.graph(), operation.weights(), manager)) {
            Map<String, NDArray> outputs =
                    network.outputs(manager, operation.mode(), upload(manager, operation.inputs()));

            assertThat(outputs).containsOnlyKeys(expected.outputs().keySet());
            outputs.forEach((name, value) -> assertClose(
                    name, NetworkValues.download(value), expected.outputs().get(name), VALUE_TOLERANCE));
            Map<String, Tensor> after = network.toTensors();
            Map<String, Tensor> untouched = new LinkedHashMap<>(operation.weights());
            expected.updatedBuffers().forEach((name, value) -> {
                assertClose(name, after.get(name), value, VALUE_TOLERANCE);
                untouched.remove(name);
            });
            assertThat(after).containsAllEntriesOf(untouched);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAgree(OperationCase operation) {
        Map<String, Tensor> cotangents = cotangents(operation.expected().outputs());
        Map<String, DoubleTensor> values = new LinkedHashMap<>(DoubleTensor.of(operation.inputs()));
        values.putAll(DoubleTensor.of(operation.weights()));
        Map<String, DoubleTensor> expected =
                NumericalGradient.of(operation.graph(), operation.mode(), values, DoubleTensor.of(cotangents));

        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network network = Network.restore(operation.graph(), operation.weights(), manager);
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            network.learning(true);
            Map<String, NDArray> inputs = upload(manager, operation.inputs());
            inputs.values().forEach(input -> input.setRequiresGradient(true));
            NDArray sum = manager.create(0f);
            for (var output : network.outputs(manager, operation.mode(), inputs).entrySet()) {
                NDArray cotangent = NetworkValues.upload(manager, cotangents.get(output.getKey()));
                sum = sum.add(output.getValue().mul(cotangent).sum());
            }
            collector.backward(sum);

            for (Node leaf : operation.graph().inputs()) {
                assertGradient(leaf, inputs.get(leaf.name()), expected);
            }
            for (Node leaf : operation.graph().parameters()) {
                assertGradient(leaf, network.value(leaf.name()), expected);
            }
        }
    }

    private static void assertGradient(Node leaf, NDArray value, Map<String, DoubleTensor> expected) {
        Tensor gradient = NetworkValues.download(value.getGradient());
        assertClose("gradient of " + leaf.name(), gradient, expected.get(leaf.name()), GRADIENT_TOLERANCE);
    }

    private static Map<String, Tensor> cotangents(Map<String, DoubleTensor> outputs) {
        Map<String, Tensor> cotangents = new LinkedHashMap<>();
        outputs.forEach((name, value) -> cotangents.put(
                name, Init.normal(0, 1).sample(value.shape(), Randomness.of(2).at(0))));
        return cotangents;
    }

    private static Map<String, NDArray> upload(NDManager manager, Map<String, Tensor> tensors) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, NetworkValues.upload(manager, tensor)));
        return arrays;
    }
}
