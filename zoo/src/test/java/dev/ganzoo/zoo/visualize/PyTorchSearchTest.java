package dev.ganzoo.zoo.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against PyTorch: see {@code src/test/python/write_visualization.py}. */
@Tag("pure")
class PyTorchSearchTest {
    private static final Safetensors FIXTURE = PyTorchFixtures.visualization();

    private static FilterNetwork network() {
        FilterNetwork network = new FilterNetwork(
                new ImageShape(3, 12, 12), FIXTURE.tensor("conv"), FIXTURE.tensor("bias"), FIXTURE.tensor("linear"));
        float[] mean = FIXTURE.tensor("mean").data().clone();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (mean[i] + 1) / 2;
        }
        network.mean = Optional.of(Tensor.of(mean, 3, 12, 12));
        return network;
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("value %d", i).isCloseTo(expected[i], within((float) tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 200})
    void courseMaximisesClassesAsPyTorchDoes(int steps) {
        Visualization found =
                Visualizer.of(network()).classes().preset("course").steps(steps).run();

        float[] signed = UnitImages.toSigned(found.images()).data();
        assertClose(signed, FIXTURE.tensor("class/" + steps).data(), 1e-5);
        float[] objectives = FIXTURE.tensor("class/objectives").data();
        for (int n = 0; n < 3; n++) {
            for (int step = 0; step < steps; step++) {
                assertThat(found.objectives(n)[step]).isCloseTo(objectives[3 * step + n], within(1e-4f));
            }
        }
    }

    @Test
    void coursePresetTakesTheStepsOfTheCourse() {
        Visualization found =
                Visualizer.of(network()).classes().preset("course").run();

        assertThat(found.steps()).isEqualTo(200);
        assertClose(
                UnitImages.toSigned(found.images()).data(),
                FIXTURE.tensor("class/200").data(),
                1e-5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void courseMaximisesFeaturesAsPyTorchDoes(int steps) {
        Visualization found = Visualizer.of(network())
                .layer("conv")
                .channels()
                .preset("course")
                .steps(steps)
                .run();

        assertClose(
                UnitImages.toSigned(found.images()).data(),
                FIXTURE.tensor("feature/" + steps).data(),
                1e-5);
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "7, 9", "6, 5"})
    void fourierImagesAndTheirGradientsAreThoseOfLucid(int height, int width) {
        String name = "fourier/%dx%d/".formatted(height, width);
        FourierParameters space = new FourierParameters(3, height, width);

        float[] pixels = space.pixels(FIXTURE.tensor(name + "parameters").data());
        float[] gradient =
                space.pullBack(pixels, FIXTURE.tensor(name + "cotangent").data());

        assertClose(pixels, FIXTURE.tensor(name + "image").data(), 2e-6);
        assertClose(gradient, FIXTURE.tensor(name + "gradient").data(), 2e-5);
    }

    @Test
    void adamOnFourierParametersGoesWherePyTorchGoes() {
        FourierParameters space = new FourierParameters(3, 12, 12);
        Tensor start = Tensor.of(space.pixels(FIXTURE.tensor("adam/0").data()), 3, 12, 12);
        for (int steps : new int[] {1, 20}) {
            Visualization found = Visualizer.of(network())
                    .layer("conv")
                    .channels(1)
                    .jitter(0)
                    .totalVariation(1e-3)
                    .start(start)
                    .steps(steps)
                    .run();

            float[] expected = space.pixels(FIXTURE.tensor("adam/" + steps).data());
            assertClose(found.images().data(), Arrays.copyOf(expected, expected.length), 1e-4);
        }
    }
}
