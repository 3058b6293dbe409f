package dev.ganzoo.zoo.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network of the other tests has the gradient that it says. */
@Tag("pure")
class FilterNetworkTest {
    private static final FilterNetwork NETWORK = FilterNetwork.gabor(3, 12, 3);
    private static final float[] PIXELS = Vectors.pixels("pixels", 432);
    private static final float[] DIRECTION = Vectors.gaussian("direction", 432);

    private static Tensor one(float[] pixels) {
        return Tensor.of(pixels, 1, 3, 12, 12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conv", "energy"})
    void ofLayers(String name) {
        LayerNetwork network = NETWORK.layer(name);
        LayerObjective objective = LayerObjective.zeros(1, network.layer());
        for (Tensor weights : new Tensor[] {objective.linear(), objective.max(), objective.square()}) {
            float[] drawn = Vectors.gaussian("weights", weights.size());
            System.arraycopy(drawn, 0, weights.data(), 0, drawn.length);
        }

        double expected = Vectors.derivative(
                p -> network.gradient(one(p), objective).values().data()[0], PIXELS, DIRECTION, 1e-3);

        float[] gradient = network.gradient(one(PIXELS), objective).gradient().data();
        assertThat(Vectors.dot(gradient, DIRECTION)).isCloseTo(expected, within(5e-3 * (1 + Math.abs(expected))));
    }

    @Test
    void ofClasses() {
        Objective objective = Objective.logits(Tensor.of(new float[] {1, -2, 0.5f}, 1, 3));

        double expected = Vectors.derivative(
                p -> NETWORK.gradient(one(p), objective).objective().data()[0], PIXELS, DIRECTION, 1e-3);

        float[] gradient = NETWORK.gradient(one(PIXELS), objective).gradient().data();
        assertThat(Vectors.dot(gradient, DIRECTION)).isCloseTo(expected, within(5e-3 * (1 + Math.abs(expected))));
    }
}
