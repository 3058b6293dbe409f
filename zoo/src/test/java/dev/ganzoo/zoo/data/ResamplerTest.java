package dev.ganzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ResamplerTest {
    private static int[] resized(int[] image, int height, int width, int newHeight, int newWidth) {
        var bytes = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            bytes[i] = (byte) image[i];
        }
        var target = new byte[newHeight * newWidth];
        new Resampler(height, width, newHeight, newWidth).resize(bytes, 1, target, 0);
        var values = new int[target.length];
        Arrays.setAll(values, i -> target[i] & 0xFF);
        return values;
    }

    @Test
    void keepsAConstantAndAnImageOfTheSameSize() {
        var flat = new int[35];
        Arrays.fill(flat, 201);
        assertThat(resized(flat, 5, 7, 3, 9)).containsOnly(201);
        int[] image = {0, 255, 17, 80, 9, 200};
        assertThat(resized(image, 2, 3, 2, 3)).containsExactly(image);
    }

    @Test
    void weighsByTheCubicOfKeys() {
        // Halving: output 3 has its centre at 7, and pixel 7 its own at 7.5, a quarter of the widened unit away.
        var row = new int[16];
        row[7] = 160;
        assertThat(resized(row, 1, 16, 1, 8)[3]).isEqualTo(Math.round(160 * 0.8671875f / 2));
        // Doubling: output 3 has its centre at 1.75, and pixel 1 its own at 1.5.
        assertThat(resized(new int[] {0, 160, 0, 0}, 1, 4, 1, 8)[3]).isEqualTo(Math.round(160 * 0.8671875f));
    }

    @Test
    void keepsAStraightSlopeAwayFromTheBorder() {
        var slope = new int[32];
        Arrays.setAll(slope, i -> 8 * i);
        int[] half = resized(slope, 32, 1, 16, 1);
        for (int i = 2; i < 14; i++) {
            assertThat(half[i]).isEqualTo(16 * i + 4);
        }
    }

    @Test
    void averagesWhatIsFinerThanTheResult() {
        var stripes = new int[64];
        Arrays.setAll(stripes, i -> i % 2 * 255);
        assertThat(IntStream.of(resized(stripes, 1, 64, 1, 8)).skip(2).limit(4))
                .allMatch(value -> value >= 126 && value <= 129);
    }
}
