package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class InceptionScoreTest {
    private static final ReferenceValues NUMPY = ReferenceValues.read("features");

    @Test
    void isThatOfNumpyInAGivenOrder() {
        for (String name : NUMPY.under("isc")) {
            String logits = name.split("/")[0];
            int splits = Integer.parseInt(name.split("/")[1]);
            Score score = InceptionScore.ofOrder(NUMPY.features(logits), NUMPY.indices("order/" + logits), splits);
            NUMPY.check("isc/" + name, score.mean(), score.std());
        }
    }

    @Test
    void isOneWhereClassesSayNothingAndTheirNumberWhereEachImageHasItsOwn() {
        assertThat(InceptionScore.of(Features.of(new float[40], 10, 4), 2, 0)).isEqualTo(new Score(1, 0));
        float[] sure = new float[16];
        for (int i = 0; i < 4; i++) {
            sure[i * 5] = 10_000;
        }
        assertThat(InceptionScore.of(Features.of(sure, 4, 4), 1, 0).mean()).isCloseTo(4, within(1e-12));
        assertThat(InceptionScore.of(Features.of(new float[] {1, 2, 3}, 3, 1), 1, 0))
                .as("one class")
                .isEqualTo(new Score(1, 0));
        assertThat(InceptionScore.of(Features.of(new float[] {1, 2, 3}, 1, 3), 1, 0)
                        .mean())
                .as("one image")
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void dependsOnTheSeedAlone() {
        Features logits = NUMPY.features("logits");
        Score score = InceptionScore.of(logits, 10, 3);

        assertThat(InceptionScore.of(logits, 10, 3)).isEqualTo(score);
        assertThat(InceptionScore.of(logits, 10, 4)).isNotEqualTo(score);
        assertThat(InceptionScore.of(logits, 1, 3).mean())
                .as("one split has no order")
                .isCloseTo(InceptionScore.of(logits, 1, 4).mean(), within(1e-12));
    }

    @Test
    void refusesMoreSplitsThanImages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InceptionScore.of(Features.of(new float[6], 3, 2), 4, 0))
                .withMessage("splits must be in 1..3, the number of images, got 4");
    }
}
