package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ImageRateTest {
    @Test
    void countsImagesPerSecond() {
        assertThat(new ImageRate(80).after(2)).isEqualTo(40);
    }

    @Test
    void followsChangesSlowly() {
        ImageRate rate = new ImageRate(10);

        assertThat(rate.after(1)).isEqualTo(10);
        assertThat(rate.after(2)).isCloseTo(10 / 1.1, within(1e-9));
    }
}
