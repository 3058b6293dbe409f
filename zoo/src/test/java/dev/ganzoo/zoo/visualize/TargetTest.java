package dev.ganzoo.zoo.visualize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class TargetTest {
    private static final Layer CONV = new Layer("conv4", 2, 2, 3);
    private static final Layer FLAT = new Layer("fc", 3);

    /** The second of two images. */
    private static LayerObjective weighed(Target.Unit unit, Layer layer, Spatial spatial) {
        LayerObjective objective = LayerObjective.zeros(2, layer);
        unit.weigh(objective, 1, layer, spatial);
        return objective;
    }

    @Test
    void meanOfAChannelIsLinear() {
        LayerObjective objective = weighed(new Target.Channel(1), CONV, Spatial.MEAN);

        float w = 1f / 6;
        assertThat(objective.linear().data())
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, w, w, w, w, w, w);
        assertThat(objective.max().data()).containsOnly(0);
        assertThat(objective.square().data()).containsOnly(0);
    }

    @Test
    void maximumOfAChannel() {
        LayerObjective objective = weighed(new Target.Channel(1), CONV, Spatial.MAX);

        assertThat(objective.linear().data()).containsOnly(0);
        assertThat(objective.max().data()).containsExactly(0, 0, 0, 1);
    }

    @Test
    void channelOfALayerWithoutPositions() {
        assertThat(weighed(new Target.Channel(2), FLAT, Spatial.MEAN).linear().data())
                .containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(weighed(new Target.Channel(2), FLAT, Spatial.MAX).max().data())
                .containsExactly(0, 0, 0, 0, 0, 1);
    }

    @Test
    void neuronIsOneValue() {
        float[] linear =
                weighed(new Target.Neuron(1, 4), CONV, Spatial.MAX).linear().data();

        assertThat(linear[12 + 6 + 4]).isEqualTo(1);
        assertThat(Vectors.dot(linear, linear)).isEqualTo(1);
    }

    @Test
    void directionInChannelsIsTheSumOfTheirMeans() {
        float[] linear = weighed(new Target.Direction(6, -3), CONV, Spatial.MEAN)
                .linear()
                .data();

        assertThat(linear).endsWith(1, 1, 1, 1, 1, 1, -0.5f, -0.5f, -0.5f, -0.5f, -0.5f, -0.5f);
    }

    @Test
    void directionInAllValuesIsTheirSum() {
        float[] weights = Vectors.gaussian("weights", 12);

        assertThat(weighed(new Target.Direction(weights), CONV, Spatial.MEAN)
                        .linear()
                        .data())
                .endsWith(weights);
    }

    @Test
    void dreamIsTheMeanSquareOfAll() {
        LayerObjective objective = weighed(new Target.Dream(), CONV, Spatial.MEAN);

        assertThat(objective.square().data()).containsExactly(0, 0, 0.5f, 0.5f);
        assertThat(objective.linear().data()).containsOnly(0);
    }

    @Test
    void titlesSayWhatIsSought() {
        assertThat(List.of(
                        new Target.Channel(15).title(CONV, 0),
                        new Target.Neuron(1, 4).title(CONV, 0),
                        new Target.Neuron(2, 0).title(FLAT, 0),
                        new Target.Direction(1).title(CONV, 3),
                        new Target.Dream().title(CONV, 2)))
                .containsExactly("conv4:15", "conv4:1@1,1", "fc:2", "conv4 direction 3", "conv4 dream 2");
    }
}
