package dev.ganzoo.zoo.graph.reference;

import static dev.ganzoo.zoo.graph.reference.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class NumericalGradientTest {
    @Test
    void ofAProduct() {
        Node x = Node.input("x", Shape.of(Shape.N, 1));
        Node w = Node.parameter("w", Init.constant(0), 1);
        Map<String, DoubleTensor> values =
                Map.of("x", DoubleTensor.of(new double[] {2, 3}, 2, 1), "w", DoubleTensor.of(new double[] {5}, 1));
        Map<String, DoubleTensor> cotangents = Map.of("out", DoubleTensor.of(new double[] {1, 10}, 2, 1));

        var gradients = NumericalGradient.of(Graph.of("g", "out", x.times(w)), Mode.TRAINING, values, cotangents);

        assertThat(gradients).containsOnlyKeys("x", "w");
        assertClose("x", gradients.get("x"), DoubleTensor.of(new double[] {5, 50}, 2, 1), 1e-8);
        assertClose("w", gradients.get("w"), DoubleTensor.of(new double[] {32}, 1), 1e-8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spectral_norm_train_conv", "spectral_norm_train_linear", "spectral_norm_eval_conv"})
    void spectralNormAsPyTorch(String name) {
        Map<String, Tensor> fixture = PyTorchFixtures.under(name, PyTorchFixtures.operations());
        Node weight = Node.parameter("in0", Init.constant(0), fixture.get("in0").shape());
        Node u = Node.buffer("in1", Init.constant(0), fixture.get("in1").shape());
        Node v = Node.buffer("in2", Init.constant(0), fixture.get("in2").shape());
        Graph graph = Graph.of(name, "out", Node.apply(new Op.SpectralNorm(1e-12), weight, u, v));
        Mode mode = name.contains("train") ? Mode.TRAINING : Mode.EVALUATION;
        Map<String, DoubleTensor> cotangents = Map.of("out", DoubleTensor.of(fixture.get("cotangent")));

        var gradients = NumericalGradient.of(graph, mode, DoubleTensor.of(fixture), cotangents);

        assertClose("weight", gradients.get("in0"), fixture.get("grad0"), 1e-5);
    }

    @Test
    void batchNormAsPyTorch() {
        Map<String, Tensor> fixture = PyTorchFixtures.under("batch_norm_train", PyTorchFixtures.operations());
        Node x = Node.input("in0", Shape.of(Shape.N, 4, 2, 3));
        Node[] inputs = {
            x,
            Node.parameter("in1", Init.constant(0), 4),
            Node.parameter("in2", Init.constant(0), 4),
            Node.buffer("in3", Init.constant(0), 4),
            Node.buffer("in4", Init.constant(0), 4)
        };
        Graph graph = Graph.of("g", "out", Node.apply(new Op.BatchNorm(1e-5, 0.1), inputs));
        Map<String, DoubleTensor> cotangents = Map.of("out", DoubleTensor.of(fixture.get("cotangent")));

        var gradients = NumericalGradient.of(graph, Mode.TRAINING, DoubleTensor.of(fixture), cotangents);

        for (int i = 0; i < 3; i++) {
            assertClose("gradient of input " + i, gradients.get("in" + i), fixture.get("grad" + i), 1e-5);
        }
    }
}
