package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Parts of values, and values put together. */
final class IndexRules {
    private IndexRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("Concat", Rule.value(IndexRules::concat))
                .add("Slice", Rule.value(IndexRules::slice), "constant ends; not of the batch")
                .add("Split", IndexRules::split, "not of the batch")
                .add("Gather", Rule.value(IndexRules::gather), "constant indices; not of the batch")
                .add("Expand", Rule.value(IndexRules::expand))
                .add("Tile", Rule.value(IndexRules::tile), "constant repeats")
                .add("Pad", Rule.value(IndexRules::pad), "constant pads; modes constant, reflect and edge");
    }

    private static Value concat(Call call) {
        List<Value> parts = call.values();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("1 input at least is needed, got 0");
        }
        int rank = parts.get(0).rank();
        int axis = Call.axis(call.attributes().integer("axis", 1), rank);
        if (parts.stream()
                .anyMatch(part ->
                        part.rank() != rank || part.kind() != parts.get(0).kind())) {
            throw new IllegalArgumentException("inputs must be of one type and rank");
        }
        if (parts.stream().anyMatch(part -> part.extent(axis) < 0) && parts.size() > 1) {
            throw new Unsupported("the batch must not be joined with another");
        }
        return Structure.concat(call, parts, axis);
    }

    private static Value slice(Call call) {
        Value x = call.value(0);
        boolean listed = call.opset() < 10;
        Known starts = listed ? Known.integers(call.attributes().requiredIntegers("starts")) : call.known(1, "starts");
        Known ends = listed ? Known.integers(call.attributes().requiredIntegers("ends")) : call.known(2, "ends");
        long[] axes = call.integers("axes", 3);
        long[] steps = call.has(4) ? call.known(4, "steps").longs() : null;
        for (int i = 0; i < starts.size(); i++) {
            int axis = Call.axis(axes == null ? i : axes[i], x.rank());
            x = slice(call, x, axis, starts.amount(i), ends.amount(i), steps == null ? 1 : steps[i]);
        }
        return x;
    }

    private static Value slice(Call call, Value x, int axis, Amount start, Amount end, long step) {
        int extent = x.extent(axis);
        if (extent < 0) {
            boolean all = start.equals(Amount.of(0))
                    && step == 1
                    && (end.equals(Amount.ofExtent(extent))
                            || end.isFixed() && end.units() >= Integer.MAX_VALUE
                            || end.units() >= call.scope().fixedBatch() * -extent
                                    && call.scope().fixedBatch() > 0);
            if (!all) {
                throw new Unsupported("the batch must not be cut, got [%s, %s) of axis %d".formatted(start, end, axis));
            }
            return x;
        }
        if (step == 0 || Math.abs(step) > Integer.MAX_VALUE || !start.isFixed() || !end.isFixed()) {
            throw new Unsupported(
                    "ends must be constant and the step not 0, got [%s, %s) by %d".formatted(start, end, step));
        }
        double from = start.units() < 0 ? start.units() + extent : start.units();
        double to = end.units() < 0 ? end.units() + extent : end.units();
        int first = (int) Math.max(0, Math.min(from, step > 0 ? extent : extent - 1));
        int last = (int) Math.max(step > 0 ? 0 : -1, Math.min(to, step > 0 ? extent : extent - 1));
        boolean empty = step > 0 ? first >= last : first <= last;
        if (empty && x instanceof Traced) {
            throw new Unsupported(
                    "a slice must not be empty, got [%s, %s) by %d of extent %d".formatted(start, end, step, extent));
        }
        return Structure.slice(call, x, axis, first, empty ? first : last, (int) step);
    }

    private static List<Value> split(Call call) {
        Value x = call.value(0);
        int axis = Call.axis(call.attributes().integer("axis", 0), x.rank());
        int extent = x.extent(axis);
        long[] sizes = call.integers("split", 1);
        int parts = call.outputCount();
        if (call.attributes().integer("num_outputs", parts) != parts) {
            throw new IllegalArgumentException("num_outputs must be %d, got another".formatted(parts));
        }
        if (extent < 0) {
            throw new Unsupported("the batch must not be split");
        }
        if (sizes == null) {
            int each = (extent + parts - 1) / Math.max(1, parts);
            sizes = IntStream.range(0, parts)
                    .mapToLong(i -> Math.min(each, extent - (long) i * each))
                    .toArray();
        }
        if (sizes.length != parts
                || Arrays.stream(sizes).anyMatch(size -> size < 0 || size > extent)
                || Arrays.stream(sizes).sum() != extent) {
            throw new IllegalArgumentException(
                    "%d sizes must sum to %d, got %s".formatted(parts, extent, Arrays.toString(sizes)));
        }
        List<Value> results = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < parts; i++) {
            int end = start + (int) sizes[i];
            results.add(call.isNeeded(i) ? Structure.slice(call, x, axis, start, end, 1) : null);
            start = end;
        }
        return results;
    }

    private static Value gather(Call call) {
        Value x = call.value(0);
        int axis = Call.axis(call.attributes().integer("axis", 0), x.rank());
        Known indices = call.known(1, "indices");
        int extent = x.extent(axis);
        if (extent < 0) {
            throw new Unsupported("entries of the batch must not be chosen");
        }
        int[] chosen = new int[indices.size()];
        for (int i = 0; i < chosen.length; i++) {
            double index = indices.fixed(i);
            if (!(index >= -extent && index < extent)) {
                throw new IllegalArgumentException(
                        "indices must be in [%d, %d), got %s".formatted(-extent, extent, indices));
            }
            chosen[i] = (int) (index < 0 ? index + extent : index);
        }
        Value taken = Structure.take(call, x, axis, chosen);
        int[] extents = IntStream.concat(
                        Arrays.stream(x.extents()).limit(axis),
                        IntStream.concat(
                                Arrays.stream(indices.extents()),
                                Arrays.stream(x.extents()).skip(axis + 1L)))
                .toArray();
        return Structure.reshape(call, taken, extents);
    }

    private static Value expand(Call call) {
        Known shape = call.known(1, "the shape");
        int[] extents = IntStream.range(0, shape.size())
                .map(i -> ReshapeRules.extent(shape.amount(i)))
                .toArray();
        Value x = call.value(0);
        int lead = extents.length == x.rank() && x.rank() > 0 ? x.extent(0) : 0;
        if (lead < 0 && extents[0] == call.scope().fixedBatch() * -lead) {
            extents[0] = lead;
        }
        return Structure.expand(call, x, extents);
    }

    private static Value tile(Call call) {
        Value x = call.value(0);
        Known repeats = call.known(1, "repeats");
        if (repeats.size() != x.rank()) {
            throw new IllegalArgumentException("%d repeats are needed, got %s".formatted(x.rank(), repeats));
        }
        for (int axis = 0; axis < x.rank(); axis++) {
            int count = ReshapeRules.extent(repeats.amount(axis));
            if (count == 1) {
                continue;
            }
            if (x.extent(axis) == 1) {
                int[] extents = x.extents().clone();
                extents[axis] = count;
                x = Structure.expand(call, x, extents);
            } else if (count < 1
                    || x.extent(axis) < 0
                    || Budget.product(x.extents()) * count > Budget.MOST_ELEMENTS
                    || count > 4096) {
                throw new Unsupported("axes of more than 1 must repeat a few times, got " + repeats);
            } else {
                x = Structure.concat(call, Collections.nCopies(count, x), axis);
            }
        }
        return x;
    }

    private static Value pad(Call call) {
        Value x = call.value(0);
        long[] pads = call.integers("pads", 1);
        long[] asked = call.has(3) ? call.known(3, "axes").longs() : null;
        double value = call.attributes().real("value", 0);
        value = call.has(2) ? call.known(2, "the value").only("the value") : value;
        String mode = call.attributes().text("mode", "constant");
        int count = asked == null ? x.rank() : asked.length;
        if (pads == null
                || pads.length != 2 * count
                || Arrays.stream(pads).anyMatch(pad -> Math.abs(pad) > Budget.MOST_ELEMENTS)) {
            throw new IllegalArgumentException("2·%d pads are needed, got %s".formatted(count, Arrays.toString(pads)));
        }
        int[] before = new int[x.rank()];
        int[] after = new int[x.rank()];
        for (int i = 0; i < count; i++) {
            int axis = asked == null ? i : Call.axis(asked[i], x.rank());
            before[axis] = (int) pads[i];
            after[axis] = (int) pads[count + i];
        }
        return pad(call, x, before, after, mode, value);
    }

    private static Value pad(Call call, Value x, int[] before, int[] after, String mode, double value) {
        for (int axis = 0; axis < x.rank(); axis++) {
            if (before[axis] == 0 && after[axis] == 0) {
                continue;
            }
            if (x.extent(axis) < 0) {
                throw new Unsupported("the batch must not be padded");
            }
            // Negative padding cuts.
            int start = Math.max(0, -before[axis]);
            int end = x.extent(axis) - Math.max(0, -after[axis]);
            if (start >= end) {
                throw new IllegalArgumentException(
                        "padding must leave entries, got %d of %d".formatted(end - start, x.extent(axis)));
            }
            x = Structure.slice(call, x, axis, start, end, 1);
            before[axis] = Math.max(0, before[axis]);
            after[axis] = Math.max(0, after[axis]);
            if (!mode.equals("constant")) {
                x = extended(call, x, axis, before[axis], after[axis], mode);
            }
        }
        if (!mode.equals("constant")
                || Arrays.stream(before).sum() + Arrays.stream(after).sum() == 0) {
            return x;
        }
        return Traced.floats(zeros(call, Call.node(x), before, after, value));
    }

    static Node zeros(Call call, Node x, int[] before, int[] after, double value) {
        return call.emit(
                new Op.Pad(
                        Arrays.stream(before).boxed().toList(),
                        Arrays.stream(after).boxed().toList(),
                        value),
                x);
    }

    private static Value extended(Call call, Value x, int axis, int before, int after, String mode) {
        int extent = x.extent(axis);
        List<Value> parts = new ArrayList<>();
        switch (mode) {
            case "reflect" -> {
                if (before >= extent || after >= extent) {
                    throw new IllegalArgumentException(
                            "reflected padding must be below %d, got %d and %d".formatted(extent, before, after));
                }
                parts.add(before == 0 ? null : Structure.slice(call, x, axis, before, 0, -1));
                parts.add(x);
                parts.add(after == 0 ? null : Structure.slice(call, x, axis, extent - 2, extent - 2 - after, -1));
            }
            case "edge" -> {
                parts.add(repeated(call, Structure.slice(call, x, axis, 0, 1, 1), axis, before));
                parts.add(x);
                parts.add(repeated(call, Structure.slice(call, x, axis, extent - 1, extent, 1), axis, after));
            }
            default -> throw new Unsupported("mode must be constant, reflect or edge, got " + mode);
        }
        parts.removeIf(part -> part == null);
        return Structure.concat(call, parts, axis);
    }

    private static Value repeated(Call call, Value edge, int axis, int count) {
        if (count == 0) {
            return null;
        }
        int[] extents = edge.extents().clone();
        extents[axis] = count;
        return Structure.expand(call, edge, extents);
    }
}
