package dev.ganzoo.zoo.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.random.Randomness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class ResamplingTest {
    private static final float[] THREE_BY_FOUR = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

    @Test
    void nothingMovedIsTheImageItself() {
        assertThat(Resampling.of(0, 0, 1, 0, 3, 4).apply(THREE_BY_FOUR)).containsExactly(THREE_BY_FOUR);
    }

    @Test
    void shiftsAreExactAndMirrorTheEdges() {
        assertThat(Resampling.of(1, 0, 1, 0, 3, 4).apply(THREE_BY_FOUR))
                .containsExactly(4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(Resampling.of(0, -2, 1, 0, 3, 4).apply(THREE_BY_FOUR))
                .containsExactly(2, 3, 2, 1, 6, 7, 6, 5, 10, 11, 10, 9);
    }

    @Test
    void turnsAboutTheCentre() {
        float[] turned = Resampling.of(0, 0, 1, 90, 3, 3).apply(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8});

        float[] expected = {6, 3, 0, 7, 4, 1, 8, 5, 2};
        for (int i = 0; i < turned.length; i++) {
            assertThat(turned[i]).isCloseTo(expected[i], within(1e-5f));
        }
    }

    @Test
    void enlargesAboutTheCentre() {
        float[] image = {0, 1, 2, 3, 4};

        assertThat(Resampling.of(0, 0, 2, 0, 1, 5).apply(image)).containsExactly(1, 1.5f, 2, 2.5f, 3);
    }

    @ParameterizedTest
    @CsvSource({"1, -2, 1, 0", "0, 0, 1.1, 0", "0, 0, 1, 7", "-2, 1, 0.85, -30", "0.5, 3.25, 1, 180"})
    void adjointIsTheTranspose(double down, double right, double factor, double degrees) {
        Resampling resampling = Resampling.of(down, right, factor, degrees, 7, 6);
        float[] image = Vectors.gaussian("image", 3 * 42), cotangent = Vectors.gaussian("cotangent", 3 * 42);

        assertThat(Vectors.dot(cotangent, resampling.apply(image)))
                .isCloseTo(Vectors.dot(resampling.adjoint(cotangent), image), within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void drawsEveryShiftInRange(int jitter) {
        int[] seen = new int[2 * jitter + 1];
        float[] column = new float[9];
        column[4] = 1;
        for (int step = 0; step < 200; step++) {
            Resampling.Range range = new Resampling.Range(jitter, 0, 0);
            float[] moved =
                    Resampling.draw(Randomness.of(1).at(step), range, 9, 1).apply(column);
            for (int shift = -jitter; shift <= jitter; shift++) {
                seen[shift + jitter] += (int) moved[4 + shift];
            }
        }

        assertThat(seen).doesNotContain(0);
        assertThat(Vectors.sum(seen)).isEqualTo(200);
    }
}
