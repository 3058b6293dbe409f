package dev.ganzoo.zoo.graph.gradient;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Arrays;

/** The adjoint of taking every k-th entry: entries with zeros before, between and after them. */
final class Spacing {
    private Spacing() {}

    /**
     * Entry i of {@code x} along {@code axis} at {@code start + i·stride} of {@code extent}; entries that fall outside are
     * dropped.
     *
     * @param start may be negative
     */
    static Node spread(Node x, int axis, int stride, int start, int extent) {
        Node spaced = stride == 1 ? x : gaps(x, axis, stride);
        int end = start + spaced.shape().extent(axis);
        if (start < 0 || end > extent) {
            spaced = spaced.slice(axis, Math.max(0, -start), Math.min(end, extent) - start);
        }
        int before = Math.max(0, start);
        int after = Math.max(0, extent - end);
        return before + after == 0 ? spaced : spaced.pad(axis, before, after);
    }

    /** {@code stride} − 1 zeros after each entry. */
    private static Node gaps(Node x, int axis, int stride) {
        int[] extents = x.shape().extents();
        int[] column = new int[extents.length + 1];
        System.arraycopy(extents, 0, column, 0, axis + 1);
        column[axis + 1] = 1;
        System.arraycopy(extents, axis + 1, column, axis + 2, extents.length - axis - 1);
        int[] wide = Arrays.copyOf(extents, extents.length);
        wide[axis] *= stride;
        Node padded = Node.apply(new Op.Reshape(Shape.of(column)), x).pad(axis + 1, 0, stride - 1);
        return padded.reshape(wide);
    }
}
