package dev.ganzoo.zoo.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes NumPy's {@code .npy} files, version 1.0, little endian, C order: {@code numpy.load} reads them. */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private static final int PIECE = 1 << 14;

    private Npy() {}

    /** The tensor as the bytes of a {@code .npy} file. */
    public static byte[] encode(Tensor tensor) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writeHeader(out, tensor.shape());
            writeValues(out, tensor.data());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode an npy in memory", e);
        }
        return out.toByteArray();
    }

    /**
     * Writes what precedes the values of an array of {@code shape}; the caller then gives all of its values to
     * {@link #writeValues}, in pieces of any size.
     */
    public static void writeHeader(OutputStream out, int... shape) throws IOException {
        writeHeader(out, "<f4", shape);
    }

    /** Writes a whole file of float64. */
    static void write(OutputStream out, NpyArray array) throws IOException {
        writeHeader(out, "<f8", array.shape());
        double[] values = array.values();
        ByteBuffer bytes = ByteBuffer.allocate(8 * PIECE).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += PIECE) {
            int count = Math.min(PIECE, values.length - from);
            bytes.asDoubleBuffer().put(values, from, count);
            out.write(bytes.array(), 0, 8 * count);
        }
    }

    private static void writeHeader(OutputStream out, String type, int... shape) throws IOException {
        String extents = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String tuple = shape.length == 1 ? extents + "," : extents;
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, tuple);
        // Magic, two bytes of length, header and newline fill a multiple of 64 bytes.
        int padding = 63 - (MAGIC.length + 2 + header.length()) % 64;
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(text.length & 0xFF);
        out.write(text.length >> 8);
        out.write(text);
    }

    /** Writes the next values of the array. */
    public static void writeValues(OutputStream out, float[] values) throws IOException {
        int piece = Math.min(values.length, PIECE);
        ByteBuffer bytes = ByteBuffer.allocate(4 * piece).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += piece) {
            int count = Math.min(piece, values.length - from);
            bytes.asFloatBuffer().put(values, from, count);
            out.write(bytes.array(), 0, 4 * count);
        }
    }
}
