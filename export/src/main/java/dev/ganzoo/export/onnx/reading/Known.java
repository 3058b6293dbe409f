package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers known while the file is read: weights, and everything that shapes are computed with. An element may depend on
 * the batch size; the shape does not. Immutable, its arrays shared.
 */
final class Known implements Value {
    private final Kind kind;
    private final int[] shape;
    /** Of floats that do not depend on the batch size; else null. */
    private final float[] floats;
    /** Of everything else. */
    private final double[] units;
    /** Null where nothing depends on the batch size. */
    private final double[] batches;

    private Node node;

    private Known(Kind kind, int[] shape, float[] floats, double[] units, double[] batches) {
        this.kind = kind;
        this.shape = shape;
        this.floats = floats;
        this.units = units;
        this.batches = batches;
    }

    static Known floats(float[] values, int... shape) {
        return new Known(Kind.FLOAT, shape, values, null, null);
    }

    static Known number(double value) {
        return floats(new float[] {(float) value});
    }

    static Known integers(long... values) {
        return of(Kind.INTEGER, Arrays.stream(values).asDoubleStream().toArray(), values.length);
    }

    /** Values that do not depend on the batch size, rounded to what {@code kind} can hold. */
    static Known of(Kind kind, double[] values, int... shape) {
        if (kind != Kind.FLOAT) {
            return new Known(kind, shape, null, values, null);
        }
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return floats(narrow, shape);
    }

    static Known of(Kind kind, Amount[] amounts, int... shape) {
        double[] units = Arrays.stream(amounts).mapToDouble(Amount::units).toArray();
        if (Arrays.stream(amounts).allMatch(Amount::isFixed)) {
            return of(kind, units, shape);
        }
        double[] batches = Arrays.stream(amounts).mapToDouble(Amount::batches).toArray();
        return new Known(kind, shape, null, units, batches);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int[] extents() {
        return shape;
    }

    int size() {
        return floats != null ? floats.length : units.length;
    }

    /** Bytes that an element takes. */
    int width() {
        return floats != null ? Float.BYTES : 2 * Double.BYTES;
    }

    boolean isSymbolic() {
        return batches != null;
    }

    double unit(int index) {
        return floats != null ? floats[index] : units[index];
    }

    Amount amount(int index) {
        return new Amount(unit(index), batches == null ? 0 : batches[index]);
    }

    /** An element that must not depend on the batch size. */
    double fixed(int index) {
        if (batches != null && batches[index] != 0) {
            throw new Unsupported("a number must not depend on the batch size here, got " + amount(index));
        }
        return unit(index);
    }

    /** The elements as whole numbers, which no axis of the batch may be in; beyond the range of long, its ends. */
    long[] longs() {
        long[] values = new long[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) fixed(i);
        }
        return values;
    }

    /** The only element. */
    double only(String what) {
        if (size() != 1) {
            throw new IllegalArgumentException(
                    "%s must be one number, got shape %s".formatted(what, Arrays.toString(shape)));
        }
        return fixed(0);
    }

    /** All elements if they are floats that do not depend on the batch size. */
    float[] data() {
        if (floats == null) {
            throw new Unsupported("a tensor of floats that does not depend on the batch size is needed, got " + this);
        }
        return floats;
    }

    /** As a constant of the graph. */
    Node node() {
        if (node == null) {
            float[] values = floats;
            if (kind == Kind.BOOLEAN && !isSymbolic()) {
                values = of(Kind.FLOAT, units, shape).floats;
            }
            if (values == null) {
                data();
            }
            node = Node.constant(Tensor.of(values, shape));
        }
        return node;
    }

    Known reshaped(int... newShape) {
        if (Tensor.count(newShape) != size()) {
            throw new IllegalArgumentException("a reshape must keep every value, got %s to %s"
                    .formatted(Arrays.toString(shape), Arrays.toString(newShape)));
        }
        return new Known(kind, newShape, floats, units, batches);
    }

    /** The elements at {@code sources}. */
    Known picked(int[] sources, int... newShape) {
        if (floats != null) {
            float[] values = new float[sources.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = floats[sources[i]];
            }
            return floats(values, newShape);
        }
        return new Known(kind, newShape, null, at(units, sources), batches == null ? null : at(batches, sources));
    }

    /** All elements of all {@code parts}, which are of one kind, one after the other. */
    static Known pooled(List<Known> parts) {
        int size = parts.stream().mapToInt(Known::size).sum();
        Kind kind = parts.get(0).kind;
        if (parts.stream().allMatch(part -> part.floats != null)) {
            float[] values = new float[size];
            int at = 0;
            for (Known part : parts) {
                System.arraycopy(part.floats, 0, values, at, part.size());
                at += part.size();
            }
            return floats(values, size);
        }
        Amount[] amounts = parts.stream()
                .flatMap(part -> IntStream.range(0, part.size()).mapToObj(part::amount))
                .toArray(Amount[]::new);
        return of(kind, amounts, size);
    }

    private static double[] at(double[] values, int[] sources) {
        double[] picked = new double[sources.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = values[sources[i]];
        }
        return picked;
    }

    /** For example {@code integer [2]: [N, 512]}; long lists are cut. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind + " " + Arrays.toString(shape) + ": [");
        for (int i = 0; i < Math.min(size(), 8); i++) {
            text.append(i == 0 ? "" : ", ").append(amount(i));
        }
        return text.append(size() > 8 ? ", …]" : "]").toString();
    }
}
