package dev.ganzoo.zoo.graph;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of a node: one extent per axis, where an extent is a number or a multiple of the batch size.
 *
 * <p>The batch size is not known when a graph is built. It stands in shapes as {@link #N}; a reshape that merges it with
 * a known extent gives {@code k·N}. Internally the extent {@code k·N} is the negative number {@code -k}, so that
 * {@code N} is {@code -1}.
 *
 * <p>Immutable.
 */
public final class Shape {
    /** The extent of the batch axis. */
    public static final int N = -1;

    /** The shape of a single number. */
    public static final Shape SCALAR = Shape.of();

    private final int[] extents;

    private Shape(int[] extents) {
        this.extents = extents;
    }

    /**
     * A shape of the given extents.
     *
     * @param extents each positive, or {@code -k} for k times the batch size ({@link #N} is {@code -1})
     */
    public static Shape of(int... extents) {
        for (int extent : extents) {
            if (extent == 0) {
                throw new IllegalArgumentException("extents must not be 0, got " + Arrays.toString(extents));
            }
        }
        return new Shape(extents.clone());
    }

    /** The number of axes. */
    public int rank() {
        return extents.length;
    }

    /** The extent of an axis; negative axes count from the end. */
    public int extent(int axis) {
        return extents[axis < 0 ? axis + extents.length : axis];
    }

    /** A copy of all extents, with {@code -k} for k times the batch size. */
    public int[] extents() {
        return extents.clone();
    }

    /** This shape with one extent replaced. */
    public Shape with(int axis, int extent) {
        int[] changed = extents.clone();
        changed[axis] = extent;
        return Shape.of(changed);
    }

    /** Whether some extent depends on the batch size. */
    public boolean isBatched() {
        return Arrays.stream(extents).anyMatch(extent -> extent < 0);
    }

    /** The concrete extents for a batch of {@code batch}. */
    public int[] at(int batch) {
        return IntStream.of(extents)
                .map(extent -> extent < 0 ? Math.multiplyExact(-extent, batch) : extent)
                .toArray();
    }

    /**
     * The batch size at which this shape has the given concrete extents; empty if it does not depend on the batch size.
     *
     * @throws IllegalArgumentException if there is none
     */
    public OptionalInt batchOf(int... concrete) {
        OptionalInt batch = OptionalInt.empty();
        for (int axis = 0; axis < Math.min(rank(), concrete.length); axis++) {
            if (extents[axis] < 0) {
                batch = OptionalInt.of(concrete[axis] / -extents[axis]);
            }
        }
        if (!Arrays.equals(at(batch.orElse(1)), concrete)) {
            throw new IllegalArgumentException("shape must be %s, got %s".formatted(this, Arrays.toString(concrete)));
        }
        return batch;
    }

    /** Whether a reshape between the two keeps every value, whatever the batch size. */
    public boolean holdsAsManyAs(Shape other) {
        return coefficient() == other.coefficient() && batchAxes() == other.batchAxes();
    }

    /**
     * The common shape under NumPy broadcasting: axes align at the end, an extent of 1 stretches.
     *
     * @throws IllegalArgumentException if some pair of extents differs and neither is 1
     */
    public Shape broadcastWith(Shape other) {
        int rank = Math.max(rank(), other.rank());
        int[] common = new int[rank];
        for (int axis = 1; axis <= rank; axis++) {
            int mine = axis <= rank() ? extent(-axis) : 1;
            int theirs = axis <= other.rank() ? other.extent(-axis) : 1;
            if (mine != theirs && mine != 1 && theirs != 1) {
                throw new IllegalArgumentException("shapes must broadcast, got %s and %s".formatted(this, other));
            }
            common[rank - axis] = mine == 1 ? theirs : mine;
        }
        return new Shape(common);
    }

    private long coefficient() {
        return Arrays.stream(extents).mapToLong(Math::abs).reduce(1, Math::multiplyExact);
    }

    private long batchAxes() {
        return Arrays.stream(extents).filter(extent -> extent < 0).count();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(extents, that.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    /** For example {@code (N, 3, 32, 32)} or {@code (4N, 8)}. */
    @Override
    public String toString() {
        return IntStream.of(extents)
                .mapToObj(extent -> extent > 0 ? "" + extent : (extent == N ? "" : "" + -extent) + "N")
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
