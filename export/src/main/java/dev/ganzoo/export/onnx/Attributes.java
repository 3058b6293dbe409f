package dev.ganzoo.export.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import dev.ganzoo.zoo.graph.Extent;
import java.util.List;

/** The attributes of ONNX operators that the rules use. */
final class Attributes {
    private Attributes() {}

    static AttributeProto integer(String name, long value) {
        return named(name, AttributeType.INT).setI(value).build();
    }

    static AttributeProto integers(String name, List<Integer> values) {
        AttributeProto.Builder attribute = named(name, AttributeType.INTS);
        values.forEach(attribute::addInts);
        return attribute.build();
    }

    /** Height, then width. */
    static AttributeProto extent(String name, Extent extent) {
        return integers(name, List.of(extent.height(), extent.width()));
    }

    /** The same above and below, and left and right. */
    static AttributeProto pads(Extent padding) {
        return integers("pads", List.of(padding.height(), padding.width(), padding.height(), padding.width()));
    }

    static AttributeProto real(String name, double value) {
        return named(name, AttributeType.FLOAT).setF((float) value).build();
    }

    static AttributeProto text(String name, String value) {
        return named(name, AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    private static AttributeProto.Builder named(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
