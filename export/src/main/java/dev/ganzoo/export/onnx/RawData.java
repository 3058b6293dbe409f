package dev.ganzoo.export.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as ONNX's raw data: little-endian, one after the other. */
final class RawData {
    private RawData() {}

    static ByteString floats(float[] values) {
        ByteBuffer buffer = littleEndian(values.length, Float.BYTES);
        buffer.asFloatBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(buffer);
    }

    static ByteString longs(long[] values) {
        ByteBuffer buffer = littleEndian(values.length, Long.BYTES);
        buffer.asLongBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(buffer);
    }

    static ByteString shorts(short[] values) {
        ByteBuffer buffer = littleEndian(values.length, Short.BYTES);
        buffer.asShortBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(buffer);
    }

    private static ByteBuffer littleEndian(int count, int width) {
        return ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
