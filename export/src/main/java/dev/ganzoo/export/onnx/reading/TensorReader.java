package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.ganzoo.export.onnx.OnnxReadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Initialisers and constant attributes as numbers; what they claim to hold is compared with the bytes that are there. */
final class TensorReader {
    private static final int MOST_AXES = 16;

    private final ExternalData external;
    private final Budget budget;

    TensorReader(ExternalData external, Budget budget) {
        this.external = external;
        this.budget = budget;
    }

    /** The values of {@code tensor}; floats of other widths become float32. */
    Known read(TensorProto tensor, String name) {
        Kind kind = Kind.of(tensor.getDataType());
        if (tensor.hasSegment()) {
            throw new Unsupported("tensor \"%s\" is stored in segments".formatted(name));
        }
        int[] shape = shape(tensor, name);
        int size = Math.toIntExact(Budget.product(shape));
        DataType type = DataType.forNumber(tensor.getDataType());
        if (tensor.getDataLocation() == DataLocation.EXTERNAL) {
            return raw(external.read(tensor, name, (long) size * width(type)), type, kind, size, shape);
        }
        if (tensor.hasRawData()) {
            ByteString data = tensor.getRawData();
            expect(name, shape, (long) size * width(type), data.size(), "bytes");
            return raw(data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN), type, kind, size, shape);
        }
        return typed(tensor, name, type, kind, shape);
    }

    private static int[] shape(TensorProto tensor, String name) {
        if (tensor.getDimsCount() > MOST_AXES) {
            throw new OnnxReadException("tensor \"%s\" must have at most %d axes, got %d"
                    .formatted(name, MOST_AXES, tensor.getDimsCount()));
        }
        int[] shape = new int[tensor.getDimsCount()];
        for (int axis = 0; axis < shape.length; axis++) {
            long extent = tensor.getDims(axis);
            if (extent < 0 || extent > Budget.MOST_ELEMENTS) {
                throw new OnnxReadException("extents of tensor \"%s\" must be in [0, %d], got %s"
                        .formatted(name, Budget.MOST_ELEMENTS, tensor.getDimsList()));
            }
            shape[axis] = (int) extent;
        }
        if (Budget.product(shape) > Budget.MOST_ELEMENTS) {
            throw new OnnxReadException("tensor \"%s\" must have at most %d elements, got %s"
                    .formatted(name, Budget.MOST_ELEMENTS, tensor.getDimsList()));
        }
        return shape;
    }

    private Known typed(TensorProto tensor, String name, DataType type, Kind kind, int[] shape) {
        int size = Math.toIntExact(Budget.product(shape));
        IntToDoubleFunction at;
        int present;
        switch (type) {
            case FLOAT -> {
                present = tensor.getFloatDataCount();
                at = tensor::getFloatData;
            }
            case DOUBLE -> {
                present = tensor.getDoubleDataCount();
                at = tensor::getDoubleData;
            }
            case INT64 -> {
                present = tensor.getInt64DataCount();
                at = tensor::getInt64Data;
            }
            case UINT32, UINT64 -> {
                present = tensor.getUint64DataCount();
                at = i -> unsigned(tensor.getUint64Data(i));
            }
            case FLOAT16 -> {
                present = tensor.getInt32DataCount();
                at = i -> Narrow.half((short) tensor.getInt32Data(i));
            }
            case BFLOAT16 -> {
                present = tensor.getInt32DataCount();
                at = i -> Narrow.bfloat((short) tensor.getInt32Data(i));
            }
            default -> {
                present = tensor.getInt32DataCount();
                at = tensor::getInt32Data;
            }
        }
        expect(name, shape, size, present, "numbers");
        return filled(kind, at, size, shape);
    }

    private Known raw(ByteBuffer bytes, DataType type, Kind kind, int size, int[] shape) {
        if (type == DataType.FLOAT) {
            float[] values = new float[budget.claim(size, Float.BYTES)];
            bytes.asFloatBuffer().get(values);
            return Known.floats(values, shape);
        }
        int start = bytes.position();
        IntToDoubleFunction at = switch (type) {
            case DOUBLE -> i -> bytes.getDouble(start + 8 * i);
            case INT64 -> i -> bytes.getLong(start + 8 * i);
            case UINT64 -> i -> unsigned(bytes.getLong(start + 8 * i));
            case INT32 -> i -> bytes.getInt(start + 4 * i);
            case UINT32 -> i -> Integer.toUnsignedLong(bytes.getInt(start + 4 * i));
            case INT16 -> i -> bytes.getShort(start + 2 * i);
            case UINT16 -> i -> Short.toUnsignedInt(bytes.getShort(start + 2 * i));
            case FLOAT16 -> i -> Narrow.half(bytes.getShort(start + 2 * i));
            case BFLOAT16 -> i -> Narrow.bfloat(bytes.getShort(start + 2 * i));
            case INT8 -> i -> bytes.get(start + i);
            default -> i -> Byte.toUnsignedInt(bytes.get(start + i));
        };
        return filled(kind, at, size, shape);
    }

    private Known filled(Kind kind, IntToDoubleFunction at, int size, int[] shape) {
        if (kind == Kind.FLOAT) {
            float[] values = new float[budget.claim(size, Float.BYTES)];
            for (int i = 0; i < size; i++) {
                values[i] = (float) at.applyAsDouble(i);
            }
            return Known.floats(values, shape);
        }
        double[] values = new double[budget.claim(size, Double.BYTES)];
        for (int i = 0; i < size; i++) {
            double value = at.applyAsDouble(i);
            values[i] = kind == Kind.BOOLEAN && value != 0 ? 1 : value;
        }
        return Known.of(kind, values, shape);
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : value + 0x1p64;
    }

    private static int width(DataType type) {
        return switch (type) {
            case DOUBLE, INT64, UINT64 -> 8;
            case FLOAT, INT32, UINT32 -> 4;
            case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
            default -> 1;
        };
    }

    private static void expect(String name, int[] shape, long expected, long present, String what) {
        if (expected != present) {
            throw new OnnxReadException("tensor \"%s\" of shape %s must hold %d %s, got %d"
                    .formatted(name, Arrays.toString(shape), expected, what, present));
        }
    }
}
