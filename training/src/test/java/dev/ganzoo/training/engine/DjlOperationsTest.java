package dev.ganzoo.training.engine;

import static dev.ganzoo.zoo.graph.reference.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation in libtorch, forwards and backwards, against the reference reading. */
@Tag("native")
class DjlOperationsTest {
    private static final double VALUE_TOLERANCE = 1e-5;
    private static final double GRADIENT_TOLERANCE = 1e-4;

    private static final Op DOUBLING = new Op.ConvTranspose2d(Extent.square(2), Extent.square(1));

    static Stream<OperationCase> cases() {
        return OperationSamples.cases().filter(operation -> !isRefused(operation));
    }

    static Stream<OperationCase> refused() {
        return OperationSamples.cases().filter(DjlOperationsTest::isRefused);
    }

    private static boolean isRefused(OperationCase operation) {
        return operation.graph().nodes().stream()
                .map(Node::op)
                .anyMatch(op -> op instanceof Op.ConvTranspose2d && !op.equals(DOUBLING));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void onlyTheDoublingTransposedConvolutionCanRun(OperationCase operation) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network network = Network.restore(operation.graph(), operation.weights(), manager)) {
            Map<String, NDArray> inputs = upload(manager, operation.inputs());

            assertThatThrownBy(() -> network.forward(manager, operation.mode(), inputs))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageStartingWith(
                            "transposed convolution must have a 4×4 kernel, stride 2 and padding 1, got a kernel ");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAndBuffersAgree(OperationCase operation) {
        Evaluation expected = operation.expected();
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network network = Network.restore(operation.graph(), operation.weights(), manager)) {
            NDArray out = network.forward(manager, operation.mode(), upload(manager, operation.inputs()));

            assertClose("out", NetworkValues.download(out), firstOf(expected.outputs()), VALUE_TOLERANCE);
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
        String output = operation.graph().outputs().keySet().iterator().next();
        int[] shape = firstOf(operation.expected().outputs()).shape();
        Tensor cotangent = Init.normal(0, 1).sample(shape, Randomness.of(2).at(0));
        Map<String, DoubleTensor> values = new LinkedHashMap<>(DoubleTensor.of(operation.inputs()));
        values.putAll(DoubleTensor.of(operation.weights()));
        Map<String, DoubleTensor> expected = NumericalGradient.of(
                operation.graph(), operation.mode(), values, Map.of(output, DoubleTensor.of(cotangent)));

        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network network = Network.restore(operation.graph(), operation.weights(), manager);
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            network.learning(true);
            Map<String, NDArray> inputs = upload(manager, operation.inputs());
            inputs.values().forEach(input -> input.setRequiresGradient(true));
            NDArray out = network.forward(manager, operation.mode(), inputs);
            collector.backward(out.mul(NetworkValues.upload(manager, cotangent)).sum());

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

    private static DoubleTensor firstOf(Map<String, DoubleTensor> outputs) {
        return outputs.values().iterator().next();
    }

    private static Map<String, NDArray> upload(NDManager manager, Map<String, Tensor> tensors) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, NetworkValues.upload(manager, tensor)));
        return arrays;
    }
}
