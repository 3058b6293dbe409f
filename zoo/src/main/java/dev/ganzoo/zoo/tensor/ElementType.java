package dev.ganzoo.zoo.tensor;

import java.nio.ByteBuffer;

/** The element types of safetensors that float32 can hold, each with its width and its conversion. */
enum ElementType {
    F32(4) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            from.asFloatBuffer().get(to, offset, count);
        }
    },
    F64(8) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                double value = from.getDouble();
                to[offset + i] = (float) value;
                if (Float.isInfinite(to[offset + i]) && !Double.isInfinite(value)) {
                    throw new ArithmeticException("value " + value + " is beyond the range of float32");
                }
            }
        }
    },
    F16(2) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = halfToFloat(from.getShort());
            }
        }
    },
    BF16(2) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = Float.intBitsToFloat(from.getShort() << 16);
            }
        }
    },
    I64(8) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = exact(from.getLong());
            }
        }
    },
    I32(4) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = exact(from.getInt());
            }
        }
    },
    U8(1) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = from.get() & 0xFF;
            }
        }
    };

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /**
     * Converts {@code count} little-endian elements from the start of {@code from}.
     *
     * @throws ArithmeticException if a value has no float32 that stands for it
     */
    abstract void read(ByteBuffer from, float[] to, int offset, int count);

    private static float exact(long value) {
        float converted = (float) value;
        // The second test is for Long.MAX_VALUE alone: its float is 2^63, which saturates back to it.
        if ((long) converted != value || value == Long.MAX_VALUE) {
            throw new ArithmeticException("integer " + value + " has no exact float32");
        }
        return converted;
    }

    /** IEEE 754 binary16 to binary32, exact; subnormals, infinities and NaN included. */
    static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
    }
}
