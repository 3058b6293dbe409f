package dev.ganzoo.zoo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ScalingTest {
    private static final Offset<Float> CLOSE = within(1e-6f);

    @ParameterizedTest
    @CsvSource({"unit, 0, 1", "symmetric, -1, 1", "bytes, 0, 255", "inception, -1, 0.9921875"})
    void blackAndWhiteBecome(String name, float black, float white) {
        float[] values = {7, 0, 255, 7};

        Scaling.parse(name).apply(values, 1, 1, 2);

        assertThat(values[1]).isCloseTo(black, CLOSE);
        assertThat(values[2]).isCloseTo(white, CLOSE);
        assertThat(values[0]).isEqualTo(7);
        assertThat(values[3]).isEqualTo(7);
    }

    @Test
    void imageNetHasAMeanForEachChannel() {
        float[] values = {255, 0, 255, 0, 255, 0};

        Scaling.IMAGENET.apply(values, 0, 3, 2);

        assertThat(values[0]).isCloseTo((1 - 0.485f) / 0.229f, CLOSE);
        assertThat(values[3]).isCloseTo(-0.456f / 0.224f, CLOSE);
        assertThat(values[4]).isCloseTo((1 - 0.406f) / 0.225f, CLOSE);
    }

    @Test
    void unknownNamesAreNamed() {
        assertThatThrownBy(() -> Scaling.parse("units"))
                .hasMessageStartingWith("unknown scaling \"units\"; did you mean \"unit\"?");
        assertThatThrownBy(() -> Resizing.parse("bicubik"))
                .hasMessageStartingWith("unknown resize \"bicubik\"; did you mean \"bicubic\"?");
        assertThatThrownBy(() -> Metric.parse("fdi"))
                .hasMessageStartingWith("unknown metric \"fdi\"; did you mean \"fid\"?");
    }
}
