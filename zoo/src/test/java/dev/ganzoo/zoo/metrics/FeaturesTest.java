package dev.ganzoo.zoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class FeaturesTest {
    @Test
    void selectsRows() {
        Features features = Features.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

        assertThat(features.select(2, 0, 2)).isEqualTo(Features.of(new float[] {5, 6, 1, 2, 5, 6}, 3, 2));
        assertThat(features).hasToString("Features[3 × 2]");
    }

    @Test
    void refusesOtherThanRowsTimesWidthFiniteValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Features.of(new float[5], 3, 2))
                .withMessage("features of 3 rows and width 2 must have rows >= 0, width >= 1 and 6 values, got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Features.of(new float[] {1, 2, 3, Float.NaN}, 2, 2))
                .withMessage("features must be finite, got NaN in row 1, column 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Features.of(new float[] {Float.NEGATIVE_INFINITY}, 1, 1))
                .withMessage("features must be finite, got -Infinity in row 0, column 0");
    }
}
