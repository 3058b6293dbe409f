package dev.ganzoo.export.onnx.reading;

/** Floats of 16 bits, widened. (The JDK widens halves from version 20 on.) */
final class Narrow {
    private Narrow() {}

    /** An IEEE 754 half. */
    static float half(short bits) {
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else {
            magnitude = Math.scalb((float) (fraction + 0x400), exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /** The upper half of a float32. */
    static float bfloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
