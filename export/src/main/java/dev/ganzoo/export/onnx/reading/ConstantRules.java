package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Constants, what is asked of shapes, and operators that change nothing in evaluation. */
final class ConstantRules {
    private ConstantRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("Constant", Rule.value(ConstantRules::constant), "numbers")
                .add("ConstantOfShape", Rule.value(ConstantRules::constantOfShape))
                .add("Shape", Rule.value(ConstantRules::shape))
                .add("Size", Rule.value(ConstantRules::size))
                .add("Range", Rule.value(ConstantRules::range), "of constants")
                .add("NonZero", Rule.value(ConstantRules::nonZero), "of constants")
                .add("ScatterND", Rule.value(ConstantRules::scatter), "of constants")
                .add("Identity", Rule.value(call -> call.value(0)))
                .add("Dropout", Rule.value(ConstantRules::dropout), "in evaluation")
                .add(
                        "Cast",
                        Rule.value(call -> cast(call, Kind.of((int) to(call)))),
                        "of computed values to floats and truth values")
                .add("CastLike", Rule.value(call -> cast(call, call.value(1).kind())), "as Cast")
                .add("If", ConstantRules::branch, "constant condition");
    }

    private static Value constant(Call call) {
        AttributeSet attributes = call.attributes();
        TensorProto tensor = attributes.tensor("value");
        if (tensor != null) {
            return call.scope().read(tensor);
        }
        if (attributes.has("value_float")) {
            return Known.number(attributes.real("value_float", 0));
        }
        if (attributes.has("value_int")) {
            return Known.integers(attributes.integer("value_int", 0)).reshaped();
        }
        if (attributes.has("value_ints")) {
            return Known.integers(attributes.requiredIntegers("value_ints"));
        }
        List<Float> reals = attributes.reals("value_floats");
        if (reals == null) {
            throw new Unsupported("a constant must have numbers, got attributes " + attributes.unread());
        }
        double[] values = reals.stream().mapToDouble(Float::doubleValue).toArray();
        return Known.of(Kind.FLOAT, values, values.length);
    }

    private static Value constantOfShape(Call call) {
        Known shape = call.known(0, "the shape");
        TensorProto tensor = call.attributes().tensor("value");
        Known value = tensor == null ? Known.number(0) : call.scope().read(tensor);
        value.only("the value");
        int[] extents = IntStream.range(0, shape.size())
                .map(i -> ReshapeRules.extent(shape.amount(i)))
                .toArray();
        return Structure.expand(call, value.reshaped(), extents);
    }

    private static Value shape(Call call) {
        Value x = call.value(0);
        int start = end(call.attributes().integer("start", 0), x.rank());
        int end = end(call.attributes().integer("end", x.rank()), x.rank());
        Amount[] amounts = IntStream.range(start, Math.max(start, end))
                .mapToObj(axis -> Amount.ofExtent(x.extent(axis)))
                .toArray(Amount[]::new);
        return Known.of(Kind.INTEGER, amounts, amounts.length);
    }

    private static int end(long asked, int rank) {
        return (int) Math.max(0, Math.min(asked < 0 ? asked + rank : asked, rank));
    }

    private static Value size(Call call) {
        Amount product = Amount.of(1);
        for (int extent : call.value(0).extents()) {
            product = product.times(Amount.ofExtent(extent));
        }
        return Known.of(Kind.INTEGER, new Amount[] {product});
    }

    private static Value range(Call call) {
        double start = call.known(0, "the start").only("the start");
        double limit = call.known(1, "the limit").only("the limit");
        double delta = call.known(2, "the step").only("the step");
        double count = Math.max(0, Math.ceil((limit - start) / delta));
        if (!(count <= Budget.MOST_ELEMENTS)) {
            throw new IllegalArgumentException(
                    "a range must be finite, got %s to %s by %s".formatted(start, limit, delta));
        }
        double[] values = new double[call.budget().claim((long) count, 2 * Double.BYTES)];
        Arrays.setAll(values, i -> start + i * delta);
        return Known.of(call.value(0).kind(), values, values.length);
    }

    private static Value nonZero(Call call) {
        Known x = call.known(0, "the input");
        call.budget().claim((long) x.size() * (x.rank() + 1), 3 * Double.BYTES);
        int[] found = IntStream.range(0, x.size()).filter(i -> x.fixed(i) != 0).toArray();
        double[] positions = new double[found.length * x.rank()];
        int stride = 1;
        for (int axis = x.rank() - 1; axis >= 0; axis--) {
            for (int i = 0; i < found.length; i++) {
                positions[axis * found.length + i] = found[i] / stride % x.extent(axis);
            }
            stride *= Math.max(1, x.extent(axis));
        }
        return Known.of(Kind.INTEGER, positions, x.rank(), found.length);
    }

    /** {@code data} with the slices at {@code indices} replaced by {@code updates}. */
    private static Value scatter(Call call) {
        Known data = call.known(0, "the data");
        Known indices = call.known(1, "the indices");
        Known updates = call.known(2, "the updates");
        if (!call.attributes().text("reduction", "none").equals("none") || data.kind() != updates.kind()) {
            throw new Unsupported("updates must replace numbers of their type");
        }
        int depth = indices.rank() == 0 ? 0 : indices.extent(indices.rank() - 1);
        if (depth < 1 || depth > data.rank()) {
            throw new IllegalArgumentException("indices must be of 1 to %d axes, got %d".formatted(data.rank(), depth));
        }
        int[] shape = data.extents();
        int inner = Extents.product(shape, depth, shape.length);
        if (updates.size() != (long) indices.size() / depth * inner) {
            throw new IllegalArgumentException("updates must be as many as the indices choose, got " + updates);
        }
        call.budget().claim(data.size() + (long) updates.size(), 4 * Double.BYTES);
        int[] sources = IntStream.range(0, data.size()).toArray();
        for (int i = 0; i < indices.size() / depth; i++) {
            int at = 0;
            for (int axis = 0; axis < depth; axis++) {
                double index = indices.fixed(i * depth + axis);
                int place = Call.axis((long) index, shape[axis]);
                at = at * shape[axis] + place;
            }
            for (int j = 0; j < inner; j++) {
                sources[at * inner + j] = data.size() + i * inner + j;
            }
        }
        return Known.pooled(List.of(data, updates)).picked(sources, shape);
    }

    private static Value dropout(Call call) {
        call.attributes().ignore("ratio", "seed");
        call.onlyFirstOutput();
        boolean training = call.has(2) && call.known(2, "training_mode").only("training_mode") != 0;
        boolean drops = !call.has(1) || call.known(1, "the ratio").only("the ratio") != 0;
        if (training && drops) {
            throw new Unsupported("dropout must be in evaluation, got training_mode true");
        }
        return call.value(0);
    }

    private static long to(Call call) {
        call.attributes().ignore("saturate", "round_mode");
        return call.attributes().integer("to", 0);
    }

    private static Value cast(Call call, Kind to) {
        call.attributes().ignore("saturate", "round_mode");
        Value x = call.value(0);
        if (x instanceof Known known) {
            return Folding.cast(call, known, to);
        }
        if (to == Kind.INTEGER) {
            throw new Unsupported("what depends on the image must stay a float, got a cast to an integer");
        }
        if (to == x.kind() || to == Kind.FLOAT) {
            return new Traced(call.node(0), to);
        }
        Node isZero = call.emit(new Op.Equal(), call.node(0), Node.constant(0));
        return new Traced(call.minus(Node.constant(1), isZero), Kind.BOOLEAN);
    }

    /** The branch that the condition chooses, if it is known. */
    private static List<Value> branch(Call call) {
        GraphProto yes = call.attributes().graph("then_branch");
        GraphProto no = call.attributes().graph("else_branch");
        boolean holds = call.known(0, "the condition").only("the condition") != 0;
        return new ArrayList<>(call.scope().run(holds ? yes : no));
    }
}
