package dev.ganzoo.zoo.runtime;

import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** Walks through the fields of a message in protobuf encoding, as far as ONNX files need it. */
final class ProtobufFields {
    private final byte[] bytes;
    private int at;

    ProtobufFields(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a field that has a length; it lies between {@link #at} and {@code end}. */
    @FunctionalInterface
    interface Field {
        void read(int number, int end);
    }

    /**
     * Hands every field with a length up to {@code end} to {@code body}; skips the others.
     *
     * @throws IllegalArgumentException if this is not protobuf, or ends within a field
     */
    void each(int end, Field body) {
        try {
            walk(end, body);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("an onnx file must be whole protobuf, ends within a field", e);
        }
    }

    /** As {@link #each(int, Field)}, of fields {@code number} only. */
    void each(int end, int number, IntConsumer body) {
        each(end, (found, after) -> {
            if (found == number) {
                body.accept(after);
            }
        });
    }

    private void walk(int end, Field body) {
        while (at < end) {
            long key = varint();
            int wire = (int) (key & 7);
            if (wire == 2) {
                int after = Math.addExact(Math.toIntExact(varint()), at);
                if (after > end || after < at) {
                    throw new IndexOutOfBoundsException(after);
                }
                body.read((int) (key >> 3), after);
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

    /** What lies between here and {@code end}, as text. */
    String text(int end) {
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
