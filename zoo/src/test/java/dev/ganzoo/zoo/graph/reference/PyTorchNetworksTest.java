package dev.ganzoo.zoo.graph.reference;

import static dev.ganzoo.zoo.graph.reference.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator.Evaluation;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole networks give what PyTorch gave for the same weights, and change their buffers as PyTorch did. */
@Tag("pure")
class PyTorchNetworksTest {
    private static final double TOLERANCE = 5e-6;

    static List<String> networks() {
        return PyTorchFixtures.NETWORKS;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void generatorAgrees(String name) {
        Safetensors fixture = PyTorchFixtures.network(name);
        ResidualGan.Spec spec = PyTorchFixtures.spec(fixture);

        check(fixture, "generator", ResidualGan.generator(spec), inputs(spec, "z", fixture, "z", "y"));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void discriminatorAgrees(String name) {
        Safetensors fixture = PyTorchFixtures.network(name);
        ResidualGan.Spec spec = PyTorchFixtures.spec(fixture);

        check(
                fixture,
                "discriminator",
                ResidualGan.discriminator(spec),
                inputs(spec, "image", fixture, "real", "real_y"));
    }

    private static Map<String, DoubleTensor> inputs(
            ResidualGan.Spec spec, String input, Safetensors fixture, String values, String labels) {
        Tensor classWeights = PyTorchFixtures.oneHot(fixture.tensor(labels), spec.classes());
        return DoubleTensor.of(Map.of(input, fixture.tensor(values), "class_weights", classWeights));
    }

    private static void check(Safetensors fixture, String net, Graph graph, Map<String, DoubleTensor> inputs) {
        Map<String, DoubleTensor> weights = DoubleTensor.of(PyTorchFixtures.under(net, fixture));

        Evaluation evaluation = ReferenceEvaluator.evaluate(graph, Mode.EVALUATION, inputs, weights);
        assertClose(net, evaluation.output(), fixture.tensor("out/" + net + "_eval"), TOLERANCE);
        assertThat(evaluation.updatedBuffers()).isEmpty();

        Evaluation training = ReferenceEvaluator.evaluate(graph, Mode.TRAINING, inputs, weights);
        assertClose(net, training.output(), fixture.tensor("out/" + net + "_train"), TOLERANCE);
        Map<String, Tensor> after = PyTorchFixtures.under("after/" + net, fixture);
        assertThat(training.updatedBuffers().keySet()).containsExactlyInAnyOrderElementsOf(after.keySet());
        after.forEach(
                (buffer, value) -> assertClose(buffer, training.updatedBuffers().get(buffer), value, TOLERANCE));
    }
}
