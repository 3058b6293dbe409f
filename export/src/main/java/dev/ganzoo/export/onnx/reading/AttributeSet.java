package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes of one node, by name and type. It remembers which were asked for: one that no rule has asked for is one
 * whose effect would be missing.
 */
final class AttributeSet {
    private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();

    AttributeSet(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attributes.put(attribute.getName(), attribute) != null) {
                throw new IllegalArgumentException(
                        "attributes must be given once, \"%s\" is given twice".formatted(attribute.getName()));
            }
        }
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    long integer(String name, long otherwise) {
        AttributeProto found = typed(name, AttributeType.INT);
        return found == null ? otherwise : found.getI();
    }

    boolean flag(String name, boolean otherwise) {
        return integer(name, otherwise ? 1 : 0) != 0;
    }

    double real(String name, double otherwise) {
        AttributeProto found = typed(name, AttributeType.FLOAT);
        return found == null ? otherwise : found.getF();
    }

    String text(String name, String otherwise) {
        AttributeProto found = typed(name, AttributeType.STRING);
        return found == null ? otherwise : found.getS().toStringUtf8();
    }

    /** The list, or null if absent. */
    long[] integers(String name) {
        AttributeProto found = typed(name, AttributeType.INTS);
        return found == null
                ? null
                : found.getIntsList().stream().mapToLong(Long::longValue).toArray();
    }

    /** The list, which must be there. */
    long[] requiredIntegers(String name) {
        long[] found = integers(name);
        if (found == null) {
            throw new IllegalArgumentException("attribute \"%s\" is needed".formatted(name));
        }
        return found;
    }

    /** The list, or null if absent. */
    List<Float> reals(String name) {
        AttributeProto found = typed(name, AttributeType.FLOATS);
        return found == null ? null : found.getFloatsList();
    }

    /** The tensor, or null if absent. */
    TensorProto tensor(String name) {
        AttributeProto found = typed(name, AttributeType.TENSOR);
        return found == null ? null : found.getT();
    }

    GraphProto graph(String name) {
        AttributeProto found = typed(name, AttributeType.GRAPH);
        if (found == null) {
            throw new IllegalArgumentException("attribute \"%s\" is needed".formatted(name));
        }
        return found.getG();
    }

    /** Marks attributes that change nothing in evaluation. */
    void ignore(String... names) {
        read.addAll(List.of(names));
    }

    /** The names of attributes that nothing has asked for. */
    List<String> unread() {
        return attributes.keySet().stream().filter(name -> !read.contains(name)).toList();
    }

    private AttributeProto typed(String name, AttributeType type) {
        read.add(name);
        AttributeProto found = attributes.get(name);
        if (found != null && found.getType() != type && !isUntyped(found, type)) {
            throw new IllegalArgumentException(
                    "attribute \"%s\" must be of type %s, got %s".formatted(name, type, found.getType()));
        }
        return found;
    }

    /** The oldest files leave the type out. */
    private static boolean isUntyped(AttributeProto attribute, AttributeType wanted) {
        return attribute.getType() == AttributeType.UNDEFINED
                && switch (wanted) {
                    case INT -> attribute.hasI();
                    case FLOAT -> attribute.hasF();
                    case STRING -> attribute.hasS();
                    case TENSOR -> attribute.hasT();
                    case GRAPH -> attribute.hasG();
                    case INTS -> attribute.getIntsCount() > 0;
                    case FLOATS -> attribute.getFloatsCount() > 0;
                    default -> false;
                };
    }
}
