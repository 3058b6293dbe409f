package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Locale;

/** What a value of the file holds. Floats of any width compute as float32; truth values are 0 and 1. */
enum Kind {
    FLOAT,
    INTEGER,
    BOOLEAN;

    /** The kind of one of ONNX's element types. */
    static Kind of(int dataType) {
        DataType type = DataType.forNumber(dataType);
        if (type == null) {
            throw new Unsupported("element type %d is unknown".formatted(dataType));
        }
        return switch (type) {
            case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> FLOAT;
            case BOOL -> BOOLEAN;
            case UINT8, INT8, UINT16, INT16, INT32, INT64, UINT32, UINT64 -> INTEGER;
            default ->
                throw new Unsupported(
                        "element type %s is not read".formatted(type.name().toLowerCase(Locale.ROOT)));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
