package dev.ganzoo.export.onnx;

import com.google.protobuf.ByteString;

/** IEEE 754 halves: 1 sign bit, 5 of exponent, 10 of fraction. (The JDK converts them from version 20 on.) */
final class Half {
    private static final int FRACTION_BITS = 10;
    private static final int LEAST_EXPONENT = -14;
    private static final float LARGEST = 65504;

    private Half() {}

    /** Whether no value is beyond the range; many may be rounded. */
    static boolean canHold(float[] values) {
        for (float value : values) {
            if (!(Math.abs(value) <= LARGEST)) {
                return false;
            }
        }
        return true;
    }

    static ByteString bytes(float[] values) {
        short[] halves = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            halves[i] = of(values[i]);
        }
        return RawData.shorts(halves);
    }

    /** The nearest half, ties to even, of a value within the range. */
    static short of(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        int exponent = Math.max(Math.getExponent(magnitude), LEAST_EXPONENT);
        // In units of the half's last place, the value is below 2^11: rint makes it whole, exactly.
        int units = (int) Math.rint(Math.scalb((double) magnitude, FRACTION_BITS - exponent));
        // A normal number's leading bit carries into the exponent field, and so does rounding up to the next power of
        // two.
        int bits = (exponent - LEAST_EXPONENT << FRACTION_BITS) + units;
        return (short) (sign | bits);
    }
}
