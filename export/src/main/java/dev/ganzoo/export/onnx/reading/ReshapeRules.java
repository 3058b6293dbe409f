package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The same values under another shape, or with axes reordered. */
final class ReshapeRules {
    private ReshapeRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("Reshape", Rule.value(ReshapeRules::reshape))
                .add("Flatten", Rule.value(ReshapeRules::flatten))
                .add("Squeeze", Rule.value(ReshapeRules::squeeze), "not of the batch")
                .add("Unsqueeze", Rule.value(ReshapeRules::unsqueeze))
                .add("Transpose", Rule.value(ReshapeRules::transpose))
                .add("DepthToSpace", Rule.node(ReshapeRules::depthToSpace))
                .add("SpaceToDepth", Rule.node(ReshapeRules::spaceToDepth));
    }

    private static Value reshape(Call call) {
        Value x = call.value(0);
        Known target = call.attributes().has("shape")
                ? Known.integers(call.attributes().requiredIntegers("shape"))
                : call.known(1, "the shape");
        boolean allowZero = call.attributes().flag("allowzero", false);
        Amount[] wanted =
                IntStream.range(0, target.size()).mapToObj(target::amount).toArray(Amount[]::new);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals(Amount.of(0)) && !allowZero) {
                checkCopied(i, x, target);
                wanted[i] = Amount.ofExtent(x.extent(i));
            }
        }
        return Structure.reshape(call, x, resolved(call, x, wanted, target));
    }

    private static void checkCopied(int axis, Value x, Known target) {
        if (axis >= x.rank()) {
            throw new IllegalArgumentException("0 must stand for an axis of the input, got %s for %s"
                    .formatted(target, Structure.text(x.extents())));
        }
    }

    private static int[] resolved(Call call, Value x, Amount[] wanted, Known target) {
        int fixedBatch = call.scope().fixedBatch();
        boolean named = Arrays.stream(wanted).anyMatch(amount -> !amount.isFixed());
        boolean batched = Arrays.stream(x.extents()).anyMatch(extent -> extent < 0);
        if (fixedBatch > 0 && batched && !named) {
            return withBatch(call, x, wanted, fixedBatch, target);
        }
        int[] extents = new int[wanted.length];
        int open = -1;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals(Amount.of(-1))) {
                open = onlyOpen(open, i, target);
            } else {
                extents[i] = extent(wanted[i]);
            }
        }
        if (open >= 0) {
            extents[open] = missing(x, extents, open, target);
        }
        return extents;
    }

    private static int onlyOpen(int open, int axis, Known target) {
        if (open >= 0) {
            throw new IllegalArgumentException("one extent at most may be -1, got " + target);
        }
        return axis;
    }

    /** What is left of x for the axis that is to be computed. */
    private static int missing(Value x, int[] extents, int open, Known target) {
        long units = 1;
        int batches = 0;
        for (int extent : x.extents()) {
            units *= Math.abs(extent);
            batches += extent < 0 ? 1 : 0;
        }
        long taken = 1;
        for (int i = 0; i < extents.length; i++) {
            taken *= i == open ? 1 : Math.abs((long) extents[i]);
            batches -= extents[i] < 0 ? 1 : 0;
            if (taken == 0 || taken > Budget.MOST_ELEMENTS) {
                break;
            }
        }
        if (taken == 0 || units % taken != 0 || batches < 0 || batches > 1) {
            throw new IllegalArgumentException(
                    "a reshape must keep every value, got %s to %s".formatted(Structure.text(x.extents()), target));
        }
        long left = units / taken;
        return (int) (batches == 1 ? -left : left);
    }

    /** A target made for a fixed batch, in which the axis that has the batch has to be found. */
    private static int[] withBatch(Call call, Value x, Amount[] wanted, int fixedBatch, Known target) {
        int[] concrete = at(fixedBatch, x.extents());
        int[] extents = new int[wanted.length];
        int open = -1;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals(Amount.of(-1))) {
                open = onlyOpen(open, i, target);
            } else {
                extents[i] = at(fixedBatch, extent(wanted[i]))[0];
            }
        }
        if (open >= 0) {
            extents[open] = missing(Known.floats(new float[0], concrete), extents, open, target);
        }
        if (Arrays.equals(extents, concrete)) {
            return x.extents();
        }
        int axis = FixedBatch.axis(call.scope().entriesOutside(Call.node(x)), extents, fixedBatch);
        if (axis < 0) {
            throw new IllegalArgumentException(
                    "a reshape must keep the batch, got %s to %s".formatted(Structure.text(x.extents()), target));
        }
        extents[axis] = -(extents[axis] / fixedBatch);
        return extents;
    }

    private static int[] at(int batch, int... extents) {
        return Arrays.stream(extents)
                .map(extent -> extent < 0 ? Math.multiplyExact(-extent, batch) : extent)
                .toArray();
    }

    /** An element of a shape as an extent: a number or a multiple of the batch. */
    static int extent(Amount amount) {
        if (amount.units() != 0 && !amount.isFixed()) {
            throw new Unsupported("an extent must be a number or a multiple of the batch size, got " + amount);
        }
        double extent = amount.isFixed() ? amount.units() : amount.batches();
        if (extent < 0 || extent > Budget.MOST_ELEMENTS || extent != Math.rint(extent)) {
            throw new IllegalArgumentException(
                    "an extent must be a whole number in [0, %d], got %s".formatted(Budget.MOST_ELEMENTS, amount));
        }
        return (int) (amount.isFixed() ? extent : -extent);
    }

    private static Value flatten(Call call) {
        Value x = call.value(0);
        int rank = x.rank();
        long asked = call.attributes().integer("axis", 1);
        int axis = asked == rank ? rank : Call.axis(asked, rank);
        return Structure.reshape(
                call, x, Extents.product(x.extents(), 0, axis), Extents.product(x.extents(), axis, rank));
    }

    private static Value squeeze(Call call) {
        Value x = call.value(0);
        long[] asked = call.integers("axes", 1);
        List<Integer> axes = asked != null
                ? Call.axes(asked, x.rank())
                : IntStream.range(0, x.rank())
                        .filter(axis -> x.extent(axis) == 1)
                        .boxed()
                        .toList();
        for (int axis : axes) {
            if (x.extent(axis) < 0) {
                throw new Unsupported("the batch must stay an axis, got squeeze of axis " + axis);
            }
            if (x.extent(axis) != 1) {
                throw new IllegalArgumentException(
                        "axis %d must have extent 1, got %s".formatted(axis, Structure.text(x.extents())));
            }
        }
        int[] kept = IntStream.range(0, x.rank())
                .filter(axis -> !axes.contains(axis))
                .map(x::extent)
                .toArray();
        return Structure.reshape(call, x, kept);
    }

    private static Value unsqueeze(Call call) {
        Value x = call.value(0);
        long[] asked = call.integers("axes", 1);
        if (asked == null || asked.length > 16) {
            throw new IllegalArgumentException("1 to 16 axes are needed, got " + Arrays.toString(asked));
        }
        int rank = x.rank() + asked.length;
        List<Integer> axes = Call.axes(asked, rank);
        int[] extents = new int[rank];
        int own = 0;
        for (int axis = 0; axis < rank; axis++) {
            extents[axis] = axes.contains(axis) ? 1 : x.extent(own++);
        }
        return Structure.reshape(call, x, extents);
    }

    private static Value transpose(Call call) {
        Value x = call.value(0);
        long[] asked = call.attributes().integers("perm");
        List<Integer> permutation = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            permutation.add(asked == null ? x.rank() - 1 - axis : axis < asked.length ? (int) asked[axis] : -1);
        }
        return Structure.transpose(call, x, permutation);
    }

    private static Node depthToSpace(Call call) {
        int[] x = image(call);
        int side = blockSize(call);
        int channels = x[1] / (side * side);
        String mode = call.attributes().text("mode", "DCR");
        if (!mode.equals("DCR") && !mode.equals("CRD")) {
            throw new IllegalArgumentException("mode must be DCR or CRD, got " + mode);
        }
        if (x[1] % (side * side) != 0) {
            throw new IllegalArgumentException(
                    "channels must be a multiple of %d, got %d".formatted(side * side, x[1]));
        }
        boolean depthFirst = mode.equals("DCR");
        Node split = depthFirst
                ? call.reshape(call.node(0), x[0], side, side, channels, x[2], x[3])
                : call.reshape(call.node(0), x[0], channels, side, side, x[2], x[3]);
        List<Integer> order = depthFirst ? List.of(0, 3, 4, 1, 5, 2) : List.of(0, 1, 4, 2, 5, 3);
        Node ordered = Call.node(Structure.transpose(call, Traced.floats(split), order));
        return call.reshape(ordered, x[0], channels, Math.multiplyExact(x[2], side), Math.multiplyExact(x[3], side));
    }

    private static Node spaceToDepth(Call call) {
        int[] x = image(call);
        int side = blockSize(call);
        if (x[2] % side != 0 || x[3] % side != 0) {
            throw new IllegalArgumentException(
                    "height and width must be multiples of %d, got %s".formatted(side, Structure.text(x)));
        }
        Node split = call.reshape(call.node(0), x[0], x[1], x[2] / side, side, x[3] / side, side);
        Node ordered = Call.node(Structure.transpose(call, Traced.floats(split), List.of(0, 3, 5, 1, 2, 4)));
        return call.reshape(ordered, x[0], Extents.product(x[1], side, side), x[2] / side, x[3] / side);
    }

    private static int[] image(Call call) {
        int[] extents = call.node(0).shape().extents();
        if (extents.length != 4) {
            throw new IllegalArgumentException("an image (N, C, H, W) is needed, got " + Structure.text(extents));
        }
        return extents;
    }

    private static int blockSize(Call call) {
        long side = call.attributes().integer("blocksize", 0);
        if (side < 1 || side > 1024) {
            throw new IllegalArgumentException("blocksize must be in [1, 1024], got " + side);
        }
        return (int) side;
    }
}
