package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Shape;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Elementwise arithmetic on what is known while reading, in double, rounded to the kind of the result. */
final class Folding {
    private Folding() {}

    static Known map(Call call, Known x, Kind kind, DoubleUnaryOperator operator) {
        double[] values = new double[call.budget().claim(x.size(), 2 * Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = rounded(kind, operator.applyAsDouble(x.fixed(i)));
        }
        return Known.of(kind, values, x.extents());
    }

    static Known map(Call call, Known x, Known y, Kind kind, DoubleBinaryOperator plain, BinaryOperator<Amount> exact) {
        int[] shape = Structure.broadcast(x.extents(), y.extents());
        if (Arrays.stream(shape).anyMatch(extent -> extent < 0)) {
            throw new IllegalStateException("known shapes must be fixed, got " + Shape.of(shape));
        }
        Known a = Structure.stretched(call, x, shape);
        Known b = Structure.stretched(call, y, shape);
        int size = call.budget().claim(a.size(), 2 * Double.BYTES);
        if (a.isSymbolic() || b.isSymbolic()) {
            call.budget().claim(size, 8 * Double.BYTES);
            Amount[] amounts = new Amount[size];
            for (int i = 0; i < size; i++) {
                Amount left = a.amount(i);
                Amount right = b.amount(i);
                amounts[i] = left.isFixed() && right.isFixed()
                        ? Amount.of(rounded(kind, plain.applyAsDouble(left.units(), right.units())))
                        : exact.apply(left, right);
            }
            return Known.of(kind, amounts, shape);
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = rounded(kind, plain.applyAsDouble(a.unit(i), b.unit(i)));
        }
        return Known.of(kind, values, shape);
    }

    /** {@code yes} where {@code condition} holds, else {@code no}; infinite numbers are not multiplied with 0. */
    static Known select(Call call, Known condition, Known yes, Known no) {
        int[] shape = Structure.broadcast(Structure.broadcast(condition.extents(), yes.extents()), no.extents());
        Known test = Structure.stretched(call, condition, shape);
        Known a = Structure.stretched(call, yes, shape);
        Known b = Structure.stretched(call, no, shape);
        call.budget().claim(test.size(), 8 * Double.BYTES);
        Amount[] amounts = new Amount[test.size()];
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = (test.fixed(i) != 0 ? a : b).amount(i);
        }
        return Known.of(yes.kind(), amounts, shape);
    }

    /** Elements that keep their value as another kind. */
    static Known cast(Call call, Known x, Kind kind) {
        if (x.kind() == kind) {
            return x;
        }
        if (x.isSymbolic()) {
            if (kind == Kind.BOOLEAN) {
                throw new Unsupported("a truth value must not depend on the batch size, got " + x);
            }
            Amount[] amounts = new Amount[call.budget().claim(x.size(), 8 * Double.BYTES)];
            Arrays.setAll(amounts, x::amount);
            return Known.of(kind, amounts, x.extents());
        }
        return map(call, x, kind, kind == Kind.BOOLEAN ? value -> value == 0 ? 0 : 1 : value -> value);
    }

    private static double rounded(Kind kind, double value) {
        // Integers are cut towards 0, as casts and divisions are.
        return kind == Kind.INTEGER ? (value < 0 ? Math.ceil(value) : Math.floor(value)) : value;
    }
}
