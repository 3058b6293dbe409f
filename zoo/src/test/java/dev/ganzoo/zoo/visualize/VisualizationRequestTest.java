package dev.ganzoo.zoo.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class VisualizationRequestTest {
    private static final FilterNetwork NETWORK = FilterNetwork.gabor(3, 12, 4);

    private static Arguments wrong(String message, Function<Visualizer, Object> request) {
        return Arguments.of(message, request);
    }

    private static Function<Visualizer, Object> all(Function<VisualizationRequest, Object> option) {
        return visualizer -> option.apply(visualizer.classes());
    }

    private static Stream<Arguments> mistakes() {
        return Stream.of(
                wrong("unknown layer \"cnv\"; did you mean \"conv\"? (known: conv, energy)", v -> v.layer("cnv")),
                wrong(
                        "unknown class \"catt\"; did you mean \"cat\"? (known: cat, dog, ship, frog)",
                        v -> v.classes("catt")),
                wrong("class must be in 0..3, got 4", v -> v.classes("dog", "4")),
                wrong("class must be in 0..3, got -1", v -> v.classes(-1)),
                wrong("what is maximised must be at least one, got none", v -> v.classes(new int[0])),
                wrong(
                        "channel of layer conv[4, 4, 4] must be in 0..3, got 4",
                        v -> v.layer("conv").channels(0, 4)),
                wrong(
                        "a range of channels must not end before it begins, got 2-1",
                        v -> v.layer("conv").channelRange(2, 1)),
                wrong(
                        "row of layer conv[4, 4, 4] must be in 0..3, got 5",
                        v -> v.layer("conv").neuron(0, 5, 0)),
                wrong(
                        "column of layer energy[4] must be in 0..0, got 1",
                        v -> v.layer("energy").neuron(0, 0, 1)),
                wrong(
                        "a direction in layer conv[4, 4, 4] must have 4 or 64 weights, got 3",
                        v -> v.layer("conv").direction(1, 2, 3)),
                wrong(
                        "weights of a direction must be finite, got NaN",
                        v -> v.layer("conv").direction(1, 2, 3, Float.NaN)),
                wrong(
                        "weights of a direction must not all be zero",
                        v -> v.layer("energy").direction(0, 0, 0, 0)),
                wrong(
                        "unknown preset \"cours\"; did you mean \"course\"? (known: course, modern)",
                        all(r -> r.preset("cours"))),
                wrong("steps must be in 1..100000, got 0", all(r -> r.steps(0))),
                wrong("rate must be above 0, got NaN", all(r -> r.rate(Double.NaN))),
                wrong("decay must be in [0, 1], got -0.1", all(r -> r.decay(-0.1))),
                wrong("jitter must be in 0..11 pixels, got 12", all(r -> r.jitter(12))),
                wrong("scale must deviate from 1 by a number in [0, 1), got 1.0", all(r -> r.scale(1))),
                wrong("rotation must be in [0, 180] degrees, got 270.0", all(r -> r.rotation(270))),
                wrong("weight of totalVariation must be at least 0, got -1.0", all(r -> r.totalVariation(-1))),
                wrong("weight of l2 must be at least 0, got Infinity", all(r -> r.l2(Double.POSITIVE_INFINITY))),
                wrong("batch must be in 1..64, got 65", all(r -> r.batch(65))),
                wrong("frames must be in 2..1000, got 1", all(r -> r.frames(1))),
                wrong(
                        "start images must have the network's shape (3, 12, 12), alone or as a batch, got [1, 12, 12]",
                        all(r -> r.start(Tensor.zeros(1, 12, 12)))),
                wrong("pixels of start images must be in [0, 1], got -1.0", all(r -> r.start(minusOne()))),
                wrong(
                        "start images must be 1 or as many as are searched (4), got 3",
                        all(r -> r.start(Tensor.zeros(3, 3, 12, 12)).run())));
    }

    private static Tensor minusOne() {
        Tensor image = Tensor.zeros(3, 12, 12);
        image.data()[17] = -1;
        return image;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void saysWhatIsWrong(String message, Function<Visualizer, Object> request) {
        Visualizer visualizer = Visualizer.of(NETWORK);

        assertThatThrownBy(() -> request.apply(visualizer))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void needsAGradient() {
        FilterNetwork network = FilterNetwork.gabor(3, 12, 4);
        network.differentiable = false;

        assertThatThrownBy(() -> Visualizer.of(network))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("model \"filters\" has no gradient, so nothing of it can be maximised");
    }

    @Test
    void needsImagesThatCanBeSeen() {
        assertThatThrownBy(() -> Visualizer.of(FilterNetwork.gabor(2, 12, 4)))
                .hasMessage("images of model \"filters\" must have 1 or 3 channels to be seen, got 2");
    }

    @Test
    void refusesMoreImagesThanFitInMemory() {
        FilterNetwork network = new FilterNetwork(
                new ImageShape(3, 4096, 4096), Tensor.zeros(4, 3, 9, 9), Tensor.zeros(4), Tensor.zeros(4, 4));

        assertThatThrownBy(() -> Visualizer.of(network).classes())
                .hasMessage("images of one request may have at most 33554432 values (here 0 images), got 201326592");
    }

    @Test
    void refusesMoreFramesThanFitInMemory() {
        FilterNetwork network = FilterNetwork.gabor(3, 500, 4);

        assertThatThrownBy(() -> Visualizer.of(network).classes().frames(200).run())
                .hasMessage("frames of 4 images must be at most 89 to be kept in memory, got 200");
    }

    @Test
    void classesAreFoundByNameInAnyCaseOrByIndex() {
        VisualizationRequest request = Visualizer.of(NETWORK).classes("Dog", "3");

        assertThat(request.target.titles()).containsExactly("dog", "frog");
    }

    @Test
    void presetSetsAllOptionsAndEachCanBeChangedAfter() {
        VisualizationRequest course = Visualizer.of(NETWORK).classes().rate(7).preset("course");

        assertThat(course.options.settings().rate).isEqualTo(0.1);
        assertThat(course.steps()).isEqualTo(200);
        assertThat(course.steps(3).steps()).isEqualTo(3);
        assertThat(course.steps()).isEqualTo(200);
        assertThat(Presets.COURSE.settings(course.target).steps).isEqualTo(200);
    }

    @Test
    void jitterOfPresetsGrowsWithTheImage() {
        Settings modern = Visualizer.of(NETWORK).classes().options.settings();

        assertThat(modern.transformations(32, 32).jitter()).isEqualTo(1);
        assertThat(modern.transformations(224, 256).jitter()).isEqualTo(9);
        assertThat(Visualizer.of(NETWORK)
                        .classes()
                        .jitter(2)
                        .options
                        .settings()
                        .transformations(12, 12)
                        .jitter())
                .isEqualTo(2);
    }

    @Test
    void presetsSayWhatTheyAre() {
        assertThat(Presets.all())
                .extracting(Preset::name)
                .containsExactly("course", "modern")
                .doesNotHaveDuplicates();
        String course =
                "{space=pixels, optimizer=ascent, spatial=max, start=mean, steps=200, rate=0.1000, decay=0.001000}";
        String modern = "{space=fourier, optimizer=adam, spatial=mean, start=noise, steps=256, rate=0.05000,"
                + " jitter of the side=0.04167, total variation=";
        assertThat(Presets.COURSE).hasToString("course: classes %s, layers %s".formatted(course, course));
        assertThat(Presets.MODERN)
                .hasToString("modern: classes %s0.005000}, layers %s0.0001000}".formatted(modern, modern));
    }
}
