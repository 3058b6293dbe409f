package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
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
