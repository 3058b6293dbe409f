package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("native")
@ExtendWith(NativeResources.class)
class MovingAverageTest {
    private static final Graph GRAPH = Graph.of(
            "sum", "out", Node.parameter("p", Init.constant(0), 2).plus(Node.buffer("b", Init.constant(0), 2)));

    @Test
    void equalsTheSourceBeforeItsStart() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network source = network(manager, 1.1f, 2.2f);
                Network target = network(manager, 7, 7)) {
            source.learning(true);

            new MovingAverage(source, target, 0.9, 5).update(4);

            assertThat(target.toTensors()).isEqualTo(source.toTensors());
        }
    }

    @Test
    void parametersAndBuffersMoveByTheRest() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network source = network(manager, 3, -1);
                Network target = network(manager, 1, 1)) {
            MovingAverage average = new MovingAverage(source, target, 0.75, 5);

            average.update(5);
            assertValues(target, 0.75 + 0.25 * 3, 0.75 - 0.25);
            average.update(6);
            assertValues(target, 0.75 * 1.5 + 0.25 * 3, 0.75 * 0.5 - 0.25);
            assertThat(source.toTensors().get("p").data()).containsExactly(3, 3);
        }
    }

    @Test
    void spectralNormDividesByTheNormOfTheAveragedWeight() {
        Node weight = Node.parameter("w", Init.constant(0), 2, 2);
        Node u = Node.buffer("u", Init.unitVector(), 2);
        Node v = Node.buffer("v", Init.unitVector(), 2);
        Graph graph = Graph.of("normalized", "out", Node.apply(new Op.SpectralNorm(1e-12), weight, u, v));
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network source = Network.initialize(graph, 0, manager);
                Network target = Network.restore(graph, source.toTensors(), manager)) {
            MovingAverage average = new MovingAverage(source, target, 0.5, 0);
            for (int step = 0; step < 40; step++) {
                boolean even = step % 2 == 0;
                source.assign(Map.of(
                        "w", Tensor.of(even ? new float[] {3, 0, 0, 1} : new float[] {1, 0, 0, 5}, 2, 2),
                        "u", Tensor.of(even ? new float[] {1, 0} : new float[] {0, -1}, 2),
                        "v", Tensor.of(even ? new float[] {1, 0} : new float[] {0, -1}, 2)));

                average.update(step);
            }

            double largest = 5 * 2 / 3.0 + 1 / 3.0;
            assertThat((double) target.toTensors().get("w").data()[3]).isCloseTo(largest, within(1e-5));
            try (NDArray out = target.forward(manager, Mode.EVALUATION, Map.of())) {
                assertThat((double) out.toFloatArray()[3]).isCloseTo(1, within(1e-5));
            }
        }
    }

    private static void assertValues(Network network, double parameter, double buffer) {
        assertThat((double) network.toTensors().get("p").data()[1]).isCloseTo(parameter, within(1e-6));
        assertThat((double) network.toTensors().get("b").data()[1]).isCloseTo(buffer, within(1e-6));
    }

    private static Network network(NDManager manager, float parameter, float buffer) {
        Map<String, Tensor> values = Map.of(
                "p", Tensor.of(new float[] {parameter, parameter}, 2), "b", Tensor.of(new float[] {buffer, buffer}, 2));
        return Network.restore(GRAPH, values, manager);
    }
}
