package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** One value from all along some axes, never the batch's. */
final class ReductionRules {
    private ReductionRules() {}

    /** A reduction in the graph that keeps the reduced axes with extent 1. */
    private interface Reduction {
        Node apply(Call call, Node x, List<Integer> axes);
    }

    /** A reduction of known numbers; null where there is none. */
    private record Fold(double start, DoubleBinaryOperator step, boolean mean) {}

    static void addTo(OperatorTable.Builder table) {
        table.add("ReduceSum", of(ReductionRules::sum, new Fold(0, Double::sum, false)))
                .add("ReduceMean", of(ReductionRules::mean, new Fold(0, Double::sum, true)))
                .add("ReduceMax", of(ReductionRules::max, new Fold(Double.NEGATIVE_INFINITY, Math::max, false)))
                .add("ReduceMin", of(ReductionRules::min, new Fold(Double.POSITIVE_INFINITY, Math::min, false)))
                .add("ReduceProd", of(ReductionRules::product, new Fold(1, (a, b) -> a * b, false)), "of constants")
                .add("ReduceL1", of((call, x, axes) -> sum(call, call.emit(new Op.Abs(), x), axes), null))
                .add(
                        "ReduceL2",
                        of((call, x, axes) -> call.emit(new Op.Sqrt(), sum(call, call.times(x, x), axes)), null))
                .add("ReduceSumSquare", of((call, x, axes) -> sum(call, call.times(x, x), axes), null))
                .add("ReduceLogSum", of((call, x, axes) -> call.emit(new Op.Log(), sum(call, x, axes)), null))
                .add("ReduceLogSumExp", of(ReductionRules::logSumExp, null))
                .add("GlobalAveragePool", Rule.node(call -> mean(call, call.node(0), spatial(call.node(0)))))
                .add("GlobalMaxPool", Rule.node(call -> max(call, call.node(0), spatial(call.node(0)))));
    }

    private static Rule of(Reduction reduction, Fold fold) {
        return Rule.value(call -> {
            Value x = call.value(0);
            long[] asked = call.integers("axes", 1);
            boolean keep = call.attributes().flag("keepdims", true);
            boolean noop = call.attributes().flag("noop_with_empty_axes", false);
            if (asked == null || asked.length == 0) {
                if (noop) {
                    return x;
                }
                asked = IntStream.range(0, x.rank()).asLongStream().toArray();
            }
            List<Integer> axes = Call.axes(asked, x.rank());
            Value kept = x instanceof Known known && fold != null
                    ? folded(call, known, axes, fold)
                    : Traced.floats(reduction.apply(call, unbatched(call.node(0), axes), axes));
            return keep ? kept : Structure.reshape(call, kept, without(x.extents(), axes));
        });
    }

    private static int[] without(int[] extents, List<Integer> axes) {
        return IntStream.range(0, extents.length)
                .filter(axis -> !axes.contains(axis))
                .map(axis -> extents[axis])
                .toArray();
    }

    private static Node unbatched(Node x, List<Integer> axes) {
        for (int axis : axes) {
            if (x.shape().extent(axis) < 0) {
                throw new Unsupported("images of a batch must not be mixed, got a reduction over axis %d of %s"
                        .formatted(axis, x.shape()));
            }
        }
        return x;
    }

    private static Known folded(Call call, Known x, List<Integer> axes, Fold fold) {
        List<Integer> order = new ArrayList<>();
        IntStream.range(0, x.rank()).filter(axis -> !axes.contains(axis)).forEach(order::add);
        order.addAll(axes);
        Known last = (Known) Structure.transpose(call, x, order);
        int[] shape = x.extents().clone();
        axes.forEach(axis -> shape[axis] = 1);
        int size = (int) Budget.product(shape);
        int each = size == 0 ? 0 : x.size() / size;
        if (x.isSymbolic()) {
            return symbolic(last, x, fold, size, each, shape);
        }
        double[] values = new double[call.budget().claim(size, 2 * Double.BYTES)];
        Arrays.fill(values, fold.start());
        for (int i = 0; i < last.size(); i++) {
            values[i / each] = fold.step().applyAsDouble(values[i / each], last.unit(i));
        }
        if (fold.mean()) {
            Arrays.setAll(values, i -> values[i] / each);
        }
        return Known.of(x.kind(), values, shape);
    }

    /** Only products of extents are asked of shapes. */
    private static Known symbolic(Known last, Known x, Fold fold, int size, int each, int[] shape) {
        if (fold.start() != 1) {
            throw new Unsupported("a reduction must not depend on the batch size, got " + x);
        }
        Amount[] products = new Amount[size];
        Arrays.fill(products, Amount.of(1));
        for (int i = 0; i < last.size(); i++) {
            products[i / each] = products[i / each].times(last.amount(i));
        }
        return Known.of(x.kind(), products, shape);
    }

    /** All axes behind batch and channels. */
    private static List<Integer> spatial(Node x) {
        if (x.shape().rank() < 3) {
            throw new IllegalArgumentException("an image (N, C, …) is needed, got " + x.shape());
        }
        List<Integer> axes = IntStream.range(2, x.shape().rank()).boxed().toList();
        unbatched(x, axes);
        return axes;
    }

    static Node sum(Call call, Node x, List<Integer> axes) {
        return call.emit(new Op.Sum(axes, true), x);
    }

    static Node mean(Call call, Node x, List<Integer> axes) {
        return call.emit(new Op.Mean(axes, true), x);
    }

    private static Node max(Call call, Node x, List<Integer> axes) {
        return call.emit(new Op.Max(axes, true), x);
    }

    private static Node min(Call call, Node x, List<Integer> axes) {
        return call.times(max(call, call.times(x, -1), axes), -1);
    }

    private static Node product(Call call, Node x, List<Integer> axes) {
        throw new Unsupported("a product of computed values is not read");
    }

    private static Node logSumExp(Call call, Node x, List<Integer> axes) {
        Node largest = max(call, x, axes);
        Node rest = sum(call, call.emit(new Op.Exp(), call.minus(x, largest)), axes);
        return call.plus(call.emit(new Op.Log(), rest), largest);
    }
}
