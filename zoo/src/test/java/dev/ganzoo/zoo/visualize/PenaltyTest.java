package dev.ganzoo.zoo.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("pure")
class PenaltyTest {
    private static double value(Penalty penalty, float[] pixels, int height, int width) {
        return penalty.add(pixels, height, width, 0, new float[pixels.length]);
    }

    /** Steps and pixels are whole multiples of 2⁻¹³, so that no rounding of floats disturbs differences so small. */
    @ParameterizedTest
    @EnumSource
    void gradientIsThatOfFiniteDifferences(Penalty penalty) {
        float[] pixels = Vectors.pixels("pixels", 2 * 5 * 6);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.round(pixels[i] * 4096) / 4096f;
        }
        float[] gradient = new float[pixels.length];
        penalty.add(pixels, 5, 6, 3, gradient);

        for (int k = 0; k < 5; k++) {
            float[] direction = Vectors.gaussian("direction" + k, pixels.length);
            for (int i = 0; i < direction.length; i++) {
                direction[i] = Math.signum(direction[i]);
            }
            double expected = 3 * Vectors.derivative(p -> value(penalty, p, 5, 6), pixels, direction, 0x1p-13);
            assertThat(Vectors.dot(gradient, direction)).isCloseTo(expected, within(3e-3 * (1 + Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientIsAddedToWhatThereIs(Penalty penalty) {
        float[] pixels = Vectors.pixels("pixels", 12);
        float[] alone = new float[12], added = new float[12];
        Arrays.fill(added, 5);
        penalty.add(pixels, 3, 4, 1, alone);
        penalty.add(pixels, 3, 4, 1, added);

        for (int i = 0; i < 12; i++) {
            assertThat(added[i]).isCloseTo(5 + alone[i], within(1e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void midGreyCostsNothing(Penalty penalty) {
        float[] grey = new float[12];
        Arrays.fill(grey, 0.5f);

        assertThat(value(penalty, grey, 3, 4)).isCloseTo(0, within(1e-12));
    }

    @Test
    void valuesOfASmallImage() {
        float[] edge = {0, 1, 0, 1};

        assertThat(value(Penalty.TOTAL_VARIATION, edge, 2, 2)).isCloseTo(2 * 0.99, within(1e-3));
        assertThat(value(Penalty.L2, edge, 2, 2)).isCloseTo(2, within(1e-6));
        assertThat(value(Penalty.L3, edge, 2, 2)).isCloseTo(4 / 3.0, within(1e-6));
        assertThat(value(Penalty.BLUR, edge, 2, 2)).isCloseTo(4 * 0.25 * 0.25 / 2, within(1e-6));
    }

    @Test
    void channelsDoNotTouch() {
        float[] twoFlatChannels = {0, 0, 0, 0, 1, 1, 1, 1};

        assertThat(value(Penalty.TOTAL_VARIATION, twoFlatChannels, 2, 2)).isZero();
        assertThat(value(Penalty.BLUR, twoFlatChannels, 2, 2)).isZero();
    }
}
