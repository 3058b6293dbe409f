package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("native")
@ExtendWith(NativeResources.class)
class StandingStatisticsTest {
    @Test
    void areMeansOverBatchesAndChangeNothingElse() {
        Node weight = Node.apply(
                new Op.SpectralNorm(1e-12),
                Node.parameter("weight", Init.constant(2), 1, 1),
                Node.buffer("weight.u", Init.constant(1), 1),
                Node.buffer("weight.v", Init.constant(1), 1));
        Node h = Node.apply(new Op.Linear(), Node.input("z", Shape.of(Shape.N, 1)), weight)
                .dropout("drop", 0.9);
        Node normal = Node.apply(
                new Op.BatchNorm(1e-5, 0.1),
                h,
                Node.parameter("gain", Init.constant(1), 1),
                Node.parameter("bias", Init.constant(0), 1),
                Node.buffer("mean", Init.constant(77), 1),
                Node.buffer("variance", Init.constant(88), 1));
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network network = Network.initialize(Graph.of("generator", "image", normal), 0, manager)) {
            Map<String, Tensor> before = network.toTensors();

            StandingStatistics.refresh(
                    network, 3, manager, batch -> scope -> Map.of("z", NetworkValues.upload(scope, batch(batch))));

            Map<String, Tensor> after = network.toTensors();
            // Means 1, 2 and 6; unbiased variances 2, 8 and 32.
            assertThat(after.get("mean").data()[0]).isCloseTo(3, within(1e-5f));
            assertThat(after.get("variance").data()[0]).isCloseTo(14, within(1e-4f));
            for (String name : new String[] {"weight", "weight.u", "weight.v", "gain", "bias"}) {
                assertThat(after.get(name).data())
                        .containsExactly(before.get(name).data());
            }
        }
    }

    private static Tensor batch(int index) {
        float[][] batches = {{0, 2}, {0, 4}, {2, 10}};
        return Tensor.of(batches[index], 2, 1);
    }
}
