package dev.ganzoo.zoo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class LatentsTest {
    private static final int MANY = 2_000;
    private static final int SIZE = 100;

    @Test
    void areTheSameForEver() {
        assertThat(Latents.of(42, 0, 4, Truncation.none()))
                .containsExactly(1.0211107f, -0.85130316f, -0.012499524f, -0.18317536f);
        assertThat(Latents.of(42, 7, 4, Truncation.none()))
                .containsExactly(-0.25168124f, -0.8469933f, 1.2337164f, -0.0049016434f);
        assertThat(Latents.of(-1, 1L << 40, 4, Truncation.scaled(0.8)))
                .containsExactly(-0.4549242f, 0.18778196f, 0.24391821f, 1.1532139f);
        assertThat(Latents.of(3, 5, 4, Truncation.resampled(0.25)))
                .containsExactly(0.24103235f, -0.07752835f, -0.010282381f, 0.06942742f);
        assertThat(Latents.label(42, 0, 10)).isEqualTo(4);
    }

    @Test
    void rowsAreSamples() {
        Tensor rows = Latents.of(42, 5, 3, 8, Truncation.none());

        assertThat(rows.shape()).containsExactly(3, 8);
        assertThat(Arrays.copyOfRange(rows.data(), 16, 24)).containsExactly(Latents.of(42, 7, 8, Truncation.none()));
    }

    @Test
    void aShorterLatentIsTheBeginningOfALongerOne() {
        assertThat(Latents.of(1, 2, 128, Truncation.resampled(0.5)))
                .startsWith(Latents.of(1, 2, 20, Truncation.resampled(0.5)));
    }

    @Test
    void withoutTruncationTheyAreStandardNormal() {
        double[] moments = moments(Truncation.none());

        assertThat(moments[0]).isCloseTo(0, within(0.01));
        assertThat(moments[1]).isCloseTo(1, within(0.01));
        assertThat(moments[2]).isGreaterThan(3.5);
    }

    @Test
    void scaledOnesAreNormalTruncatedAtTwoTimesPsi() {
        double[] moments = moments(Truncation.scaled(0.5));

        // The standard deviation of N(0, 1) truncated at ±2 is 0.87963.
        assertThat(moments[0]).isCloseTo(0, within(0.01));
        assertThat(moments[1]).isCloseTo(0.5 * 0.87963, within(0.005));
        assertThat(moments[2]).isBetween(0.99, 1.0);
    }

    @Test
    void resampledOnesAreNormalTruncatedAtTheThreshold() {
        double[] moments = moments(Truncation.resampled(1));

        // The standard deviation of N(0, 1) truncated at ±1 is 0.53956.
        assertThat(moments[0]).isCloseTo(0, within(0.01));
        assertThat(moments[1]).isCloseTo(0.53956, within(0.005));
        assertThat(moments[2]).isBetween(0.99, 1.0);
    }

    @Test
    void tinyThresholdsTakeNoLonger() {
        float[] latent = Latents.of(1, 0, SIZE, Truncation.resampled(1e-30));

        for (float value : latent) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(1e-30f);
        }
    }

    @Test
    void resamplingLeavesWhatLiesWithin() {
        float[] plain = Latents.of(4, 4, SIZE, Truncation.none());
        float[] truncated = Latents.of(4, 4, SIZE, Truncation.resampled(1.5));

        for (int k = 0; k < SIZE; k++) {
            if (Math.abs(plain[k]) <= 1.5) {
                assertThat(truncated[k]).isEqualTo(plain[k]);
            } else {
                assertThat(Math.abs(truncated[k])).isLessThanOrEqualTo(1.5f);
            }
        }
    }

    @Test
    void scalingMovesOneSampleAlongARay() {
        float[] half = Latents.of(4, 4, SIZE, Truncation.scaled(0.5));
        float[] whole = Latents.of(4, 4, SIZE, Truncation.scaled(1));

        for (int k = 0; k < SIZE; k++) {
            assertThat(half[k]).isCloseTo(whole[k] / 2, within(1e-6f));
        }
    }

    @Test
    void labelsAreEquallyLikely() {
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            counts[Latents.label(7, i, 10)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(880, 1120);
        }
    }

    /** Mean, standard deviation and greatest magnitude of many components. */
    private static double[] moments(Truncation truncation) {
        float[] values = Latents.of(11, 0, MANY, SIZE, truncation).data();
        double sum = 0, squares = 0, greatest = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
            greatest = Math.max(greatest, Math.abs(value));
        }
        double mean = sum / values.length;
        double bound = truncation.method() == Truncation.Method.SCALED ? 2 * truncation.value() : truncation.value();
        return new double[] {
            mean,
            Math.sqrt(squares / values.length - mean * mean),
            truncation.method() == Truncation.Method.NONE ? greatest : greatest / bound
        };
    }
}
