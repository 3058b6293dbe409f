package dev.ganzoo.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class HalfTest {
    private static final int INFINITY = 0x7c00;

    @Test
    void everyHalfIsItsOwnNearest() {
        for (int bits = 0; bits < INFINITY; bits++) {
            assertThat(Half.of(widen(bits))).isEqualTo((short) bits);
            assertThat(Half.of(-widen(bits))).isEqualTo((short) (bits | 0x8000));
        }
    }

    @Test
    void valuesBetweenHalvesGoToTheNearestAndTiesToEven() {
        for (int bits = 0; bits < INFINITY - 1; bits++) {
            float low = widen(bits);
            float middle = (low + widen(bits + 1)) / 2;

            assertThat(Half.of(middle)).isEqualTo((short) (bits + (bits & 1)));
            assertThat(Half.of(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Half.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
    }

    @Test
    void rangeEndsAtTheLargestHalf() {
        assertThat(Half.canHold(new float[] {65504, -65504, 1e-30f})).isTrue();
        assertThat(Half.canHold(new float[] {65505})).isFalse();
        assertThat(Half.canHold(new float[] {Float.NaN})).isFalse();
        assertThat(Half.canHold(new float[] {Float.NEGATIVE_INFINITY})).isFalse();
    }

    private static float widen(int bits) {
        int exponent = bits >> 10;
        int fraction = bits & 0x3ff;
        return exponent == 0
                ? Math.scalb((float) fraction, -24)
                : Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
}
