package dev.ganzoo.zoo.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.data.Picture;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("pure")
class CorruptionTest {
    private static final int SIZE = 24;

    /** Soft rings, in another place in each channel. */
    private static Picture rings(int channels) {
        var pixels = new byte[channels * SIZE * SIZE];
        for (int k = 0; k < pixels.length; k++) {
            int channel = k / (SIZE * SIZE);
            double distance = Math.hypot(k % SIZE - 8 - channel, k / SIZE % SIZE - 12);
            pixels[k] = (byte) Math.round(140 + 100 * Math.sin(distance));
        }
        return new Picture(channels, SIZE, SIZE, pixels);
    }

    private static double difference(Picture a, Picture b) {
        double squares = 0;
        for (int k = 0; k < a.pixels().length; k++) {
            double difference = (a.pixels()[k] & 0xFF) - (b.pixels()[k] & 0xFF);
            squares += difference * difference;
        }
        return Math.sqrt(squares / a.pixels().length);
    }

    @ParameterizedTest
    @EnumSource
    void aStrengthOfZeroChangesNothing(Corruption corruption) {
        Picture image = rings(3);
        assertThat(corruption.apply(image, 0, 1, 0)).isSameAs(image);
    }

    @ParameterizedTest
    @CsvSource({
        "gaussian-noise, 0.02, 0.1, 0.5",
        "gaussian-blur, 0.4, 1, 3",
        "occlusion, 0.05, 0.2, 0.8",
        "jpeg, 0.2, 0.8, 1"
    })
    void imagesGetWorseWithStrength(String name, double low, double middle, double high) {
        for (int channels : new int[] {1, 3}) {
            Picture image = rings(channels);
            byte[] before = image.pixels().clone();
            Corruption corruption = Corruption.parse(name);
            double[] differences = Arrays.stream(new double[] {low, middle, high})
                    .map(strength -> difference(image, corruption.apply(image, strength, 1, 0)))
                    .toArray();
            assertThat(differences).isSorted();
            assertThat(differences[0]).isPositive().isLessThan(0.8 * differences[2]);
            assertThat(image.pixels()).isEqualTo(before);
        }
    }

    @Test
    void whatIsRandomIsAFunctionOfSeedAndIndex() {
        Picture image = rings(3);
        byte[] once = Corruption.GAUSSIAN_NOISE.apply(image, 0.1, 1, 5).pixels();
        assertThat(Corruption.GAUSSIAN_NOISE.apply(image, 0.1, 1, 5).pixels()).isEqualTo(once);
        assertThat(Corruption.GAUSSIAN_NOISE.apply(image, 0.1, 1, 6).pixels()).isNotEqualTo(once);
        assertThat(Corruption.GAUSSIAN_NOISE.apply(image, 0.1, 2, 5).pixels()).isNotEqualTo(once);
    }

    @Test
    void noiseHasTheDeviationAskedFor() {
        byte[] grey = new byte[64 * 64];
        Arrays.fill(grey, (byte) 128);
        var image = new Picture(1, 64, 64, grey);
        assertThat(difference(image, Corruption.GAUSSIAN_NOISE.apply(image, 0.1, 1, 0)))
                .isEqualTo(25.5, within(0.6));
    }

    @Test
    void blurSpreadsAPointAsANormalAndKeepsItsSum() {
        byte[] dark = new byte[31 * 31];
        dark[15 * 31 + 15] = (byte) 255;
        Picture blurred = Corruption.GAUSSIAN_BLUR.apply(new Picture(1, 31, 31, dark), 1, 0, 0);
        // 255 times the square of the kernel's middle weight, 1 / sum of exp(-k²/2).
        assertThat(blurred.pixels()[15 * 31 + 15]).isEqualTo((byte) 41);
        assertThat(blurred.pixels()[15 * 31 + 16]).isEqualTo((byte) 25);
        assertThat(blurred.pixels()[16 * 31 + 16]).isEqualTo((byte) 15);
        byte[] even = new byte[16];
        Arrays.fill(even, (byte) 200);
        assertThat(Corruption.GAUSSIAN_BLUR
                        .apply(new Picture(1, 4, 4, even), 50, 0, 0)
                        .pixels())
                .containsOnly((byte) 200);
    }

    @Test
    void occlusionCoversItsPartAndMoreCoversTheSame() {
        byte[] white = new byte[3 * 20 * 20];
        Arrays.fill(white, (byte) 255);
        var image = new Picture(3, 20, 20, white);
        byte[] quarter = Corruption.OCCLUSION.apply(image, 0.25, 1, 9).pixels();
        byte[] half = Corruption.OCCLUSION.apply(image, 0.5, 1, 9).pixels();
        int covered = 0;
        for (int k = 0; k < quarter.length; k++) {
            covered += quarter[k] == 0 ? 1 : 0;
            assertThat(quarter[k] == 0 && half[k] != 0).isFalse();
        }
        assertThat(covered).isEqualTo(3 * 100);
        assertThat(Corruption.OCCLUSION.apply(image, 1, 1, 9).pixels()).containsOnly((byte) 0);
    }

    @Test
    void lightCompressionKeepsColours() {
        byte[] orange = new byte[3 * 64];
        Arrays.fill(orange, 0, 64, (byte) 230);
        Arrays.fill(orange, 64, 128, (byte) 120);
        Arrays.fill(orange, 128, 192, (byte) 20);
        var image = new Picture(3, 8, 8, orange);
        assertThat(difference(image, Corruption.JPEG.apply(image, 0.05, 0, 0))).isLessThan(2);
    }

    @Test
    void mistakesAreTold() {
        assertThatThrownBy(() -> Corruption.parse("gausian-blur"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown corruption \"gausian-blur\"; did you mean \"gaussian-blur\"?"
                        + " (known: gaussian-noise, gaussian-blur, occlusion, jpeg)");
        assertThatThrownBy(() -> Corruption.OCCLUSION.apply(rings(1), 1.5, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("strength of occlusion must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> Corruption.JPEG.apply(rings(1), Double.NaN, 0, 0))
                .hasMessage("strength of jpeg must be in [0, 1], got NaN");
    }
}
