package dev.ganzoo.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.random.Randomness;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class AugmentationTest {
    private static final int SIZE = 8;
    private static final Augmentation ALL = new Augmentation(0.5, 0.2, 0.2, 0.2, 0.1, 0.5);

    private final Randomness randomness = Randomness.of(3);

    @Test
    void noneChangesNothing() {
        Picture picture = noise(3);

        assertThat(Augmentation.NONE.apply(picture, randomness.at(0)).values()).containsExactly(picture.values());
    }

    @Test
    void isAFunctionOfItsRandomness() {
        Picture picture = noise(3);

        float[] once = ALL.apply(picture, randomness.at(1)).values();

        assertThat(ALL.apply(picture, randomness.at(1)).values()).containsExactly(once);
        assertThat(ALL.apply(picture, randomness.at(2)).values()).isNotEqualTo(once);
    }

    @Test
    void staysWithinItsRange() {
        Augmentation strong = new Augmentation(0.1, 3, 3, 3, 0.5, 0.5);
        for (int channels : new int[] {1, 3}) {
            for (int i = 0; i < 50; i++) {
                for (float value :
                        strong.apply(noise(channels), randomness.at(i)).values()) {
                    assertThat(value).isBetween(0f, 1f);
                }
            }
        }
    }

    @Test
    void flipsAsOftenAsAsked() {
        Picture picture = noise(1);
        Augmentation flips = new Augmentation(1, 0, 0, 0, 0, 0.25);

        long flipped = IntStream.range(0, 2_000)
                .filter(i -> flips.apply(picture, randomness.at(i)).values()[0] != picture.values()[0])
                .count();

        assertThat(flipped / 2_000.0).isCloseTo(0.25, within(0.05));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | 0   | 0   | 0 | cropArea must be in (0, 1], got 0.0
            1.1 | 0   | 0   | 0 | cropArea must be in (0, 1], got 1.1
            1   | -1  | 0   | 0 | brightness must be ≥ 0 and finite, got -1.0
            1   | 0   | 0.6 | 0 | hue must be in [0, 0.5], got 0.6
            1   | 0   | 0   | 2 | flip must be in [0, 1], got 2.0
            """)
    void wrongValuesAreRefused(double cropArea, double brightness, double hue, double flip, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Augmentation(cropArea, brightness, 0, 0, hue, flip))
                .withMessage(message);
    }

    private Picture noise(int channels) {
        float[] values = new float[channels * SIZE * SIZE];
        var random = randomness.forPurpose("noise").at(channels);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new Picture(channels, SIZE, SIZE, values);
    }
}
