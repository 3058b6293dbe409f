package dev.ganzoo.zoo.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one {@code .npy} file of numbers from a stream: first what it says of itself, then, if that is wanted, the values. */
final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int PIECE_BYTES = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)");

    private enum Type {
        F4(4, ByteBuffer::getFloat),
        F8(8, ByteBuffer::getDouble),
        I4(4, ByteBuffer::getInt),
        I8(8, ByteBuffer::getLong);

        private final int bytes;
        private final ToDoubleFunction<ByteBuffer> next;

        Type(int bytes, ToDoubleFunction<ByteBuffer> next) {
            this.bytes = bytes;
            this.next = next;
        }
    }

    private final InputStream in;
    private final Type type;
    private final ByteOrder order;
    private final boolean columnMajor;
    private final int headerBytes;
    final int[] shape;

    /** Reads the header. */
    NpyReader(InputStream in) throws IOException {
        this.in = in;
        byte[] start = read(8);
        if (!Arrays.equals(start, 0, 6, MAGIC, 0, 6) || start[6] < 1 || start[6] > 3) {
            throw new IOException(
                    "expected an npy array of version 1 to 3, found the bytes %s".formatted(Arrays.toString(start)));
        }
        int lengthBytes = start[6] == 1 ? 2 : 4;
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(Arrays.copyOf(read(lengthBytes), 4))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt());
        if (length > MAX_HEADER_BYTES) {
            throw new IOException(
                    "an npy header must have at most %d bytes, found %d".formatted(MAX_HEADER_BYTES, length));
        }
        String header = new String(read((int) length), StandardCharsets.ISO_8859_1);
        String descr = field(TYPE, header, "descr");
        this.type = Stream.of(Type.values())
                .filter(known -> descr.matches("[<>]" + known.name().toLowerCase(Locale.ROOT)))
                .findAny()
                .orElseThrow(
                        () -> new IOException("expected elements of type f4, f8, i4 or i8, found \"" + descr + "\""));
        this.order = descr.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.columnMajor = field(ORDER, header, "fortran_order").equals("True");
        this.shape = shape(field(SHAPE, header, "shape"));
        this.headerBytes = 8 + lengthBytes + (int) length;
    }

    /** How long the whole file must be. */
    long bytes() {
        return headerBytes + Tensor.count(shape) * type.bytes;
    }

    /** The values, row-major; the caller has seen to it that the shape and {@link #bytes} are as they should be. */
    NpyArray values() throws IOException {
        double[] values = new double[Math.toIntExact(Tensor.count(shape))];
        int step = PIECE_BYTES / type.bytes;
        for (int from = 0; from < values.length; from += step) {
            int end = Math.min(values.length, from + step);
            ByteBuffer piece = ByteBuffer.wrap(read((end - from) * type.bytes)).order(order);
            for (int i = from; i < end; i++) {
                values[i] = type.next.applyAsDouble(piece);
            }
        }
        return NpyArray.of(columnMajor && shape.length > 1 ? transposed(values) : values, shape);
    }

    /** From first axis fastest to last axis fastest. */
    private double[] transposed(double[] values) {
        double[] rows = new double[values.length];
        int[] index = new int[shape.length];
        for (double value : values) {
            int position = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                position = position * shape[axis] + index[axis];
            }
            rows[position] = value;
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0;
            }
        }
        return rows;
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("expected %d more bytes of an npy array, found %d".formatted(count, bytes.length));
        }
        return bytes;
    }

    private static String field(Pattern pattern, String header, String name) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IOException("expected an npy header with \"%s\", found %s".formatted(name, header.strip()));
        }
        return matcher.group(1);
    }

    private static int[] shape(String tuple) throws IOException {
        try {
            int[] shape = Stream.of(tuple.split(","))
                    .map(String::strip)
                    .filter(extent -> !extent.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (Tensor.count(shape) <= Integer.MAX_VALUE - 8) {
                return shape;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Too large for any array, as below.
        }
        throw new IOException("expected an array of fewer than 2^31 values, found shape (%s)".formatted(tuple));
    }
}
