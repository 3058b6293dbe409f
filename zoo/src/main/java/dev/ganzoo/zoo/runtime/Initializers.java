package dev.ganzoo.zoo.runtime;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The names of the initializers of an ONNX file, which ONNX Runtime does not tell before a session is created. Reads just
 * enough of the protobuf encoding: field {@code graph} (7) of the model, {@code initializer} (5) of the graph, {@code name}
 * (8) of the tensor.
 */
final class Initializers {
    private static final int GRAPH = 7;
    private static final int INITIALIZER = 5;
    private static final int NAME = 8;

    private Initializers() {}

    /**
     * Those of {@code onnx}.
     *
     * @throws IllegalArgumentException if it is not protobuf
     */
    static Set<String> names(byte[] onnx) {
        ProtobufFields fields = new ProtobufFields(onnx);
        Set<String> names = new LinkedHashSet<>();
        fields.each(
                onnx.length,
                GRAPH,
                graph -> fields.each(
                        graph, INITIALIZER, tensor -> fields.each(tensor, NAME, end -> names.add(fields.text(end)))));
        return names;
    }
}
