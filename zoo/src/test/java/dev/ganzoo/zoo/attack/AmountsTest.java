package dev.ganzoo.zoo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class AmountsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "8/255", "0.5/255", "0.1", "0.031", "5", "0.123456"})
    void textIsReadAndWritten(String text) {
        assertThat(Amounts.describe(Amounts.parse("epsilon", text))).isEqualTo(text);
    }

    @Test
    void fractionsAreNumbers() {
        assertThat(Amounts.parse("epsilon", " 8/255 ")).isEqualTo(8 / 255.0);
        assertThat(Amounts.parse("step", "1e-3")).isEqualTo(0.001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8/", "/255", "1/2/3", "eight"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Amounts.parse("step", text))
                .hasMessage("step must be a number or a fraction such as 8/255, got \"%s\"".formatted(text));
    }
}
