package dev.ganzoo.zoo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class InterpolationsTest {
    private static final float[] A = {3, 0};
    private static final float[] B = {0, 3};

    @Test
    void goesAlongTheCircle() {
        float root = (float) (3 / Math.sqrt(2));
        assertThat(Interpolations.spherical(A, B, 0.5)).containsExactly(new float[] {root, root}, within(1e-6f));
        assertThat(Interpolations.spherical(A, B, 0)).containsExactly(A, within(1e-6f));
        assertThat(Interpolations.spherical(A, B, 1)).containsExactly(B, within(1e-6f));
    }

    @Test
    void isStraightWhereThereIsNoCircle() {
        assertThat(Interpolations.spherical(A, new float[] {6, 0}, 0.5)).containsExactly(4.5f, 0);
        assertThat(Interpolations.spherical(A, new float[] {-3, 0}, 0.25)).containsExactly(1.5f, 0);
        assertThat(Interpolations.spherical(A, new float[] {0, 0}, 0.5)).containsExactly(1.5f, 0);
    }

    @Test
    void keepsTheLengthOfGaussians() {
        float[] a = Latents.of(1, 0, 128, Truncation.none()), b = Latents.of(2, 0, 128, Truncation.none());

        double middle = norm(Interpolations.spherical(a, b, 0.5));

        assertThat(middle).isBetween(0.95 * Math.min(norm(a), norm(b)), 1.05 * Math.max(norm(a), norm(b)));
    }

    @Test
    void refusesVectorsOfDifferentSizes() {
        assertThatThrownBy(() -> Interpolations.linear(A, new float[3], 0.5))
                .hasMessage("vectors to interpolate must have one size, got 2 and 3");
    }

    private static double norm(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
