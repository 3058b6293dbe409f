package dev.ganzoo.zoo.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class ParameterizationTest {
    private static Stream<Arguments> spaces() {
        return Stream.of(Space.values())
                .flatMap(space -> Stream.of(
                        Arguments.of(space, 3, 8, 8), Arguments.of(space, 1, 7, 5), Arguments.of(space, 3, 5, 1)));
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "7, 5", "6, 9", "1, 4", "1, 1"})
    void fourierSynthesisAndAdjointAreTransposes(int height, int width) {
        RealFourier fourier = new RealFourier(height, width);
        float[] spectrum = Vectors.gaussian("spectrum", 2 * fourier.frequencies());
        float[] image = Vectors.gaussian("image", height * width);

        assertThat(Vectors.dot(image, fourier.synthesis(spectrum)))
                .isCloseTo(Vectors.dot(fourier.adjoint(image), spectrum), within(1e-3));
    }

    @Test
    void fourierSynthesisOfOneFrequencyIsAWave() {
        RealFourier fourier = new RealFourier(6, 8);
        float[] spectrum = new float[2 * fourier.frequencies()];
        spectrum[2 * 5 + 3] = 0.5f;

        float[] wave = fourier.synthesis(spectrum);

        assertThat(fourier.radius(2 * 5 + 3)).isCloseTo(Math.hypot(2 / 6.0, 3 / 8.0), within(1e-12));
        for (int i = 0; i < wave.length; i++) {
            double expected = Math.cos(2 * Math.PI * (2 * (i / 8) / 6.0 + 3 * (i % 8) / 8.0));
            assertThat(wave[i]).isCloseTo((float) expected, within(1e-5f));
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void pulledBackGradientIsThatOfFiniteDifferences(Space kind, int channels, int height, int width) {
        Parameterization space = Parameterization.of(kind, channels, height, width);
        float[] parameters = Vectors.gaussian("parameters", space.size());
        float[] cotangent = Vectors.gaussian("cotangent", channels * height * width);

        float[] gradient = space.pullBack(space.pixels(parameters), cotangent);

        for (int i = 0; i < 5; i++) {
            float[] direction = Vectors.gaussian("direction" + i, space.size());
            double expected =
                    Vectors.derivative(p -> Vectors.dot(space.pixels(p), cotangent), parameters, direction, 5e-3);
            assertThat(Vectors.dot(gradient, direction)).isCloseTo(expected, within(2e-3 * (1 + Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void imagesHaveParametersThatGiveThemBack(Space kind, int channels, int height, int width) {
        Parameterization space = Parameterization.of(kind, channels, height, width);
        float[] pixels = Vectors.pixels("pixels", channels * height * width);

        float[] back = space.pixels(space.parameters(pixels));

        for (int i = 0; i < pixels.length; i++) {
            assertThat(back[i]).isCloseTo(pixels[i], within(1e-5f));
        }
    }

    @Test
    void fourierKeepsBlackAndWhiteFiniteAndWithinHalfAStepOfEightBits() {
        Parameterization space = Parameterization.of(Space.FOURIER, 1, 2, 2);

        float[] back = space.pixels(space.parameters(new float[] {0, 1, 1, 0}));

        for (int i = 0; i < 4; i++) {
            assertThat(back[i]).isCloseTo(i % 3 == 0 ? 0 : 1, within(0.51f / 255));
        }
    }

    @Test
    void pixelsAreClampedToTheRangeOfTheCourse() {
        float[] parameters = {-1.5f, -1, 0.25f, 7};

        Parameterization.of(Space.PIXELS, 1, 2, 2).project(parameters);

        assertThat(parameters).containsExactly(-1, -1, 0.25f, 1);
    }
}
