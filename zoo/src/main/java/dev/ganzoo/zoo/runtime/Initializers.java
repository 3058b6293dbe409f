package dev.ganzoo.zoo.runtime;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The names of the initializers of an ONNX file, which ONNX Runtime does not tell before a session is created. Reads just
 * enough of the protobuf encoding: field {@code graph} (7) of the model, {@code initializer} (5) of the graph, {@code name}
 * (8) of the tensor.
 */
final class Initializers {
    private static final int GRAPH = 7;
    private static final int INITIALIZER = 5;
    private static final int NAME = 8;

    private final byte[] bytes;
    private int at;

    private Initializers(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Those of {@code onnx}.
     *
     * @throws IllegalArgumentException if it is not protobuf
     */
    static Set<String> names(byte[] onnx) {
        Initializers reader = new Initializers(onnx);
        Set<String> names = new LinkedHashSet<>();
        try {
            reader.each(
                    onnx.length,
                    GRAPH,
                    graph -> reader.each(
                            graph,
                            INITIALIZER,
                            tensor -> reader.each(tensor, NAME, end -> names.add(reader.text(end)))));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("an onnx file must be whole protobuf, ends within a field", e);
        }
        return names;
    }

    /** Hands every field {@code number} up to {@code end} to {@code body}, by where it ends; skips the others. */
    private void each(int end, int number, Consumer<Integer> body) {
        while (at < end) {
            long key = varint();
            int wire = (int) (key & 7);
            if (wire == 2) {
                int after = Math.addExact(Math.toIntExact(varint()), at);
                if (after > end || after < at) {
                    throw new IndexOutOfBoundsException(after);
                }
                if (key >> 3 == number) {
                    body.accept(after);
                }
                at = after;
            } else if (wire == 0) {
                varint();
            } else if (wire == 1 || wire == 5) {
                at += wire == 1 ? Long.BYTES : Integer.BYTES;
            } else {
                throw new IllegalArgumentException("an onnx file must be protobuf, got a field of wire type " + wire);
            }
        }
    }

    private String text(int end) {
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0 || shift > 63) {
                return value;
            }
        }
    }
}
