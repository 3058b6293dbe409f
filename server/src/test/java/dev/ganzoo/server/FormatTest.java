package dev.ganzoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class FormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                  | PNG",
                "image/*                              | PNG",
                "application/*                        | JSON",
                "application/json                     | JSON",
                "APPLICATION/JSON; charset=utf-8      | JSON",
                "image/png;q=0.5, image/gif           | GIF",
                "image/png;q=0, */*                   | GIF",
                "text/html, image/webp, */*;q=0.8     | PNG",
                "application/json;q=0.2,image/*;q=0.1 | JSON",
                "application/octet-stream             | RAW",
                "application/x-npy, text/plain        | NPY",
            })
    void theMostSpecificRangeDecidesAndTheHighestQualityWins(String accept, Format format) {
        assertThat(Format.accepted(accept)).isEqualTo(format);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void nothingMeansAnything(String accept) {
        assertThat(Format.accepted(accept)).isEqualTo(Format.PNG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png;q=0", "image/png;q=x", "png", ";", ","})
    void refusesWhatItHasNot(String accept) {
        assertThatThrownBy(() -> Format.accepted(accept))
                .isInstanceOf(Problem.class)
                .hasMessage("accept must allow one of image/png, image/gif, application/json, application/octet-stream,"
                        + " application/x-npy, got \"" + accept + "\"");
    }
}
