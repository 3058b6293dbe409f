package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Products of matrices. */
final class ProductRules {
    private ProductRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("Gemm", Rule.node(ProductRules::gemm))
                .add("MatMul", Rule.node(ProductRules::matMul))
                .add("Einsum", Rule.node(Einsum::of), "one or two inputs, no ellipses, no diagonals");
    }

    private static Node gemm(Call call) {
        AttributeSet attributes = call.attributes();
        Value a = matrix(call.value(0));
        Value b = matrix(call.value(1));
        a = attributes.flag("transA", false) ? Structure.transpose(call, a, List.of(1, 0)) : a;
        // A linear layer's weight is (P, K).
        b = attributes.flag("transB", false) ? b : Structure.transpose(call, b, List.of(1, 0));
        double alpha = attributes.real("alpha", 1);
        double beta = attributes.real("beta", 1);
        Node weight = scaled(call, b, alpha);
        Node x = Call.node(a);
        if (!call.has(2) || beta == 0) {
            return call.emit(new Op.Linear(), x, weight);
        }
        Value c = call.value(2);
        int outputs = weight.shape().extent(0);
        int[] last = c.extents();
        boolean perOutput = last.length > 0
                && last[last.length - 1] == outputs
                && IntStream.of(last).limit(last.length - 1L).allMatch(extent -> extent == 1);
        if (perOutput) {
            return call.emit(new Op.Linear(), x, weight, scaled(call, Structure.reshape(call, c, outputs), beta));
        }
        return call.plus(call.emit(new Op.Linear(), x, weight), scaled(call, c, beta));
    }

    private static Value matrix(Value value) {
        if (value.rank() != 2) {
            throw new IllegalArgumentException("a matrix is needed, got " + Structure.text(value.extents()));
        }
        return value;
    }

    private static Node scaled(Call call, Value x, double factor) {
        return factor == 1 ? Call.node(x) : Call.node(Binary.MULTIPLY.apply(call, x, Known.number(factor)));
    }

    private static Node matMul(Call call) {
        Value a = call.value(0);
        Value b = call.value(1);
        if (a.rank() == 0 || b.rank() == 0) {
            throw new IllegalArgumentException("at least 1 axis is needed, got %s and %s"
                    .formatted(Structure.text(a.extents()), Structure.text(b.extents())));
        }
        // A list is a row on the left and a column on the right, and its axis leaves the result.
        Value left = a.rank() == 1 ? Structure.reshape(call, a, 1, a.extent(0)) : a;
        Value right = b.rank() == 1 ? Structure.reshape(call, b, b.extent(0), 1) : b;
        Node product = product(call, left, right);
        int[] extents = product.shape().extents();
        int rank = extents.length;
        int[] kept = IntStream.range(0, rank)
                .filter(axis -> !(a.rank() == 1 && axis == rank - 2) && !(b.rank() == 1 && axis == rank - 1))
                .map(axis -> extents[axis])
                .toArray();
        return call.reshape(product, kept);
    }

    /** One weight for all rows is a linear layer over all of them at once. */
    private static Node product(Call call, Value left, Value right) {
        int[] outer = left.extents();
        int rank = outer.length;
        if (right.rank() > 2 || !(right instanceof Known)) {
            return call.emit(new Op.MatMul(), Call.node(left), Call.node(right));
        }
        Node weight = Call.node(Structure.transpose(call, right, List.of(1, 0)));
        int rows = Extents.product(outer, 0, rank - 1);
        Node flat = call.reshape(Call.node(left), rows, outer[rank - 1]);
        int[] extents = Arrays.copyOf(outer, rank);
        extents[rank - 1] = weight.shape().extent(0);
        return call.reshape(call.emit(new Op.Linear(), flat, weight), extents);
    }
}
