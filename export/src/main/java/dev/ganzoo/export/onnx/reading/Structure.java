package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Moving values about, alike for what is known while reading and for nodes of the graph. */
final class Structure {
    private Structure() {}

    static Value reshape(Call call, Value x, int... extents) {
        if (x instanceof Known known) {
            requireFixed(extents);
            return known.reshaped(extents);
        }
        return new Traced(call.reshape(((Traced) x).node(), extents), x.kind());
    }

    /** Without what would do nothing: an identity, or two transposes that undo each other. */
    static Value transpose(Call call, Value x, List<Integer> permutation) {
        List<Integer> identity = IntStream.range(0, x.rank()).boxed().toList();
        if (!permutation.stream().sorted().toList().equals(identity)) {
            throw new IllegalArgumentException(
                    "a transpose must permute all %d axes, got %s".formatted(x.rank(), permutation));
        }
        if (permutation.equals(identity)) {
            return x;
        }
        if (x instanceof Known known) {
            int[] strides = strides(known.extents());
            int[][] offsets = permutation.stream()
                    .map(axis -> steps(0, known.extent(axis), 1, strides[axis]))
                    .toArray(int[][]::new);
            return picked(call, known, offsets);
        }
        Node node = ((Traced) x).node();
        if (node.op() instanceof Op.Transpose before) {
            List<Integer> both =
                    permutation.stream().map(before.permutation()::get).toList();
            return transpose(call, new Traced(node.input(0), x.kind()), both);
        }
        return new Traced(call.emit(new Op.Transpose(permutation), node), x.kind());
    }

    /** Entries {@code start}, {@code start + step}, … before {@code end}, all of which exist. */
    static Value slice(Call call, Value x, int axis, int start, int end, int step) {
        if (start == 0 && end == x.extent(axis) && step == 1) {
            return x;
        }
        if (x instanceof Known known) {
            int[][] offsets = whole(known);
            int[] all = offsets[axis];
            int count = Math.max(0, (end - start + step - Integer.signum(step)) / step);
            offsets[axis] =
                    IntStream.range(0, count).map(i -> all[start + i * step]).toArray();
            return picked(call, known, offsets);
        }
        return new Traced(call.emit(new Op.Slice(axis, start, end, step), ((Traced) x).node()), x.kind());
    }

    /** The entries at {@code indices} along an axis: runs of them are slices. */
    static Value take(Call call, Value x, int axis, int[] indices) {
        if (x instanceof Known known) {
            int[][] offsets = whole(known);
            int[] all = offsets[axis];
            offsets[axis] = IntStream.of(indices).map(index -> all[index]).toArray();
            return picked(call, known, offsets);
        }
        List<Value> runs = new ArrayList<>();
        for (int from = 0; from < indices.length; ) {
            int step = from + 1 < indices.length ? indices[from + 1] - indices[from] : 1;
            step = step == 0 ? 1 : step;
            int to = from + 1;
            while (to < indices.length && indices[to] - indices[to - 1] == step) {
                to++;
            }
            runs.add(slice(call, x, axis, indices[from], indices[to - 1] + Integer.signum(step), step));
            from = to;
        }
        return concat(call, runs, axis);
    }

    static Value concat(Call call, List<Value> parts, int axis) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        if (parts.stream().allMatch(Known.class::isInstance)) {
            return joined(call, parts.stream().map(Known.class::cast).toList(), axis);
        }
        List<Node> nodes = parts.stream()
                .filter(part -> part.extent(axis) != 0)
                .map(Call::node)
                .toList();
        nodes = batched(call, nodes, axis);
        return new Traced(
                call.emit(new Op.Concat(axis), nodes.toArray(Node[]::new)),
                parts.get(0).kind());
    }

    /** In a file of fixed batch, a constant beside the batch was made as large as it: it stands for every batch. */
    private static List<Node> batched(Call call, List<Node> nodes, int joined) {
        int[] most = nodes.stream()
                .filter(node -> node.shape().isBatched())
                .findFirst()
                .orElse(nodes.get(0))
                .shape()
                .extents();
        if (call.scope().fixedBatch() != 1 || most[joined] < 0) {
            return nodes;
        }
        return nodes.stream()
                .map(node -> {
                    int[] extents = most.clone();
                    if (node.shape().isBatched() || node.shape().rank() != most.length) {
                        return node;
                    }
                    extents[joined] = node.shape().extent(joined);
                    return Call.node(expand(call, Traced.floats(node), extents));
                })
                .toList();
    }

    private static Known joined(Call call, List<Known> parts, int axis) {
        int[] shape = parts.get(0).extents().clone();
        shape[axis] = 0;
        for (Known part : parts) {
            int[] rest = part.extents().clone();
            rest[axis] = shape[axis];
            if (!Arrays.equals(rest, shape)) {
                throw new IllegalArgumentException("inputs must differ only along axis %d, got %s and %s"
                        .formatted(axis, Arrays.toString(parts.get(0).extents()), Arrays.toString(part.extents())));
            }
            shape[axis] = Math.addExact(shape[axis], part.extent(axis));
        }
        int[] sources = new int
                [call.budget().claim(Budget.product(shape), 2 * parts.get(0).width() + Integer.BYTES)];
        int inner = (int) Budget.product(Arrays.copyOfRange(shape, axis + 1, shape.length));
        int outer = (int) Budget.product(Arrays.copyOf(shape, axis));
        int at = 0;
        for (int block = 0; block < outer; block++) {
            int base = 0;
            for (Known part : parts) {
                int length = part.extent(axis) * inner;
                for (int i = 0; i < length; i++) {
                    sources[at++] = base + block * length + i;
                }
                base += part.size();
            }
        }
        return Known.pooled(parts).picked(sources, shape);
    }

    /** As broadcasting stretches; an extent of the batch takes it from the image. */
    static Value expand(Call call, Value x, int... target) {
        int[] extents = broadcast(x.extents(), target);
        if (Arrays.equals(extents, x.extents())) {
            return x;
        }
        boolean batched = Arrays.stream(extents).anyMatch(extent -> extent < 0);
        if (x instanceof Known known && !batched) {
            return stretched(call, known, extents);
        }
        Node node = Call.node(x);
        Op expand = new Op.Expand(Shape.of(extents));
        return new Traced(
                batched && !node.shape().isBatched()
                        ? call.emit(expand, node, call.scope().image())
                        : call.emit(expand, node),
                x.kind());
    }

    static Known stretched(Call call, Known x, int[] shape) {
        if (Arrays.equals(shape, x.extents())) {
            return x;
        }
        int missing = shape.length - x.rank();
        int[] strides = strides(x.extents());
        int[][] offsets = new int[shape.length][];
        call.budget().claim(Arrays.stream(shape).asLongStream().sum(), Integer.BYTES);
        for (int axis = 0; axis < shape.length; axis++) {
            boolean own = axis >= missing && x.extent(axis - missing) != 1;
            offsets[axis] = steps(0, shape[axis], 1, own ? strides[axis - missing] : 0);
        }
        return picked(call, x, offsets);
    }

    /** The common shape under NumPy broadcasting; extents may be 0 or of the batch. */
    static int[] broadcast(int[] a, int[] b) {
        int rank = Math.max(a.length, b.length);
        int[] common = new int[rank];
        for (int axis = 1; axis <= rank; axis++) {
            int mine = axis <= a.length ? a[a.length - axis] : 1;
            int theirs = axis <= b.length ? b[b.length - axis] : 1;
            if (mine != theirs && mine != 1 && theirs != 1) {
                throw new IllegalArgumentException("shapes must broadcast, got %s and %s".formatted(text(a), text(b)));
            }
            common[rank - axis] = mine == 1 ? theirs : mine;
        }
        return common;
    }

    /** The elements at sums of one offset per axis. */
    static Known picked(Call call, Known x, int[][] offsets) {
        int[] shape = Arrays.stream(offsets).mapToInt(axis -> axis.length).toArray();
        int size = call.budget().claim(Budget.product(shape), x.width() + Integer.BYTES);
        int[] sources = new int[size];
        int count = Math.min(size, 1);
        for (int[] axis : offsets) {
            // From the back, so that no entry is overwritten before it is read.
            for (int i = count - 1; i >= 0; i--) {
                int base = sources[i];
                for (int j = 0; j < axis.length; j++) {
                    sources[i * axis.length + j] = base + axis[j];
                }
            }
            count *= axis.length;
        }
        return x.picked(sources, shape);
    }

    private static int[][] whole(Known x) {
        int[] strides = strides(x.extents());
        return IntStream.range(0, x.rank())
                .mapToObj(axis -> steps(0, x.extent(axis), 1, strides[axis]))
                .toArray(int[][]::new);
    }

    private static int[] steps(int start, int count, int step, int stride) {
        return IntStream.range(0, count).map(i -> (start + i * step) * stride).toArray();
    }

    private static int[] strides(int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape[axis]);
        }
        return strides;
    }

    private static void requireFixed(int[] extents) {
        if (Arrays.stream(extents).anyMatch(extent -> extent < 0)) {
            throw new Unsupported("a constant must keep a shape without the batch, got " + text(extents));
        }
    }

    static String text(int[] extents) {
        return Arrays.stream(extents).anyMatch(extent -> extent == 0)
                ? Arrays.toString(extents)
                : Shape.of(extents).toString();
    }
}
