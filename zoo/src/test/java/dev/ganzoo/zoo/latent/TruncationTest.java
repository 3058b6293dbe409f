package dev.ganzoo.zoo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class TruncationTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "-1, -1", "2.5, 2.5", "NaN, NaN", "Infinity, Infinity"})
    void refusesValuesOutsideItsRange(double value, String found) {
        String message = "truncation must be in (0, 2], got " + found;
        assertThatThrownBy(() -> Truncation.scaled(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Truncation.resampled(value)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "scaled:0.8", "resampled:1.5", "scaled:2"})
    void readsWhatItWrites(String text) {
        assertThat(Truncation.parse(text)).hasToString(text);
    }

    @Test
    void aNumberAloneMeansScaled() {
        assertThat(Truncation.parse(" 0.8 ")).isEqualTo(Truncation.scaled(0.8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "scaled", "scaled:", "clipped:1", "0,8"})
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> Truncation.parse(text))
                .hasMessage(
                        "truncation must be none, a number, scaled:number or resampled:number, got \"" + text + "\"");
    }
}
