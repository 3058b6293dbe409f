package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic, comparisons and logic, elementwise and broadcast. */
final class ElementwiseRules {
    private ElementwiseRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("Add", binary(Binary.ADD))
                .add("Sub", binary(Binary.SUBTRACT))
                .add("Mul", binary(Binary.MULTIPLY))
                .add("Div", binary(Binary.DIVIDE))
                .add("Mod", Rule.value(ElementwiseRules::modulo), "of constants")
                .add("Pow", Rule.value(ElementwiseRules::power), "one exponent for all, or a positive constant base")
                .add("Equal", binary(Binary.EQUAL))
                .add("Greater", binary(Binary.GREATER))
                .add("Less", binary(Binary.LESS))
                .add("GreaterOrEqual", binary(Binary.GREATER_OR_EQUAL))
                .add("LessOrEqual", binary(Binary.LESS_OR_EQUAL))
                .add("And", binary(Binary.AND))
                .add("Or", binary(Binary.OR))
                .add("Xor", binary(Binary.XOR))
                .add("Not", Rule.value(ElementwiseRules::not))
                .add("Min", many(Binary.MINIMUM))
                .add("Max", many(Binary.MAXIMUM))
                .add("Sum", many(Binary.ADD))
                .add("Mean", Rule.value(ElementwiseRules::mean))
                .add("Where", Rule.value(ElementwiseRules::where));
        table.add("Sqrt", unary(Math::sqrt, new Op.Sqrt()))
                .add("Exp", unary(Math::exp, new Op.Exp()))
                .add("Log", unary(Math::log, new Op.Log()))
                .add("Abs", unary(Math::abs, new Op.Abs()))
                .add("Tanh", unary(Math::tanh, new Op.Tanh()))
                .add("Neg", Rule.value(ElementwiseRules::negated))
                .add("Reciprocal", Rule.value(ElementwiseRules::reciprocal))
                .add("Sign", Rule.value(ElementwiseRules::sign))
                .add("Floor", rounding(Math::floor), "of constants")
                .add("Ceil", rounding(Math::ceil), "of constants")
                .add("Round", rounding(Math::rint), "of constants");
    }

    private static Rule binary(Binary binary) {
        return Rule.value(call -> binary.apply(call, call.value(0), call.value(1)));
    }

    private static Rule many(Binary binary) {
        return Rule.value(call -> call.values().stream()
                .reduce((a, b) -> combined(call, binary, a, b))
                .orElseGet(() -> call.value(0)));
    }

    /** A bound is a clip, which knows its gradient at a tie. */
    private static Value combined(Call call, Binary binary, Value a, Value b) {
        if (a instanceof Known && b instanceof Traced) {
            return combined(call, binary, b, a);
        }
        boolean bound = a instanceof Traced && b instanceof Known known && known.size() == 1 && b.rank() <= a.rank();
        if (bound && (binary == Binary.MINIMUM || binary == Binary.MAXIMUM)) {
            double limit = ((Known) b).only("a bound");
            return ActivationRules.clip(
                    call,
                    a,
                    binary == Binary.MAXIMUM ? limit : Double.NEGATIVE_INFINITY,
                    binary == Binary.MINIMUM ? limit : Double.POSITIVE_INFINITY);
        }
        return binary.apply(call, a, b);
    }

    private static Value mean(Call call) {
        List<Value> values = call.values();
        Value sum =
                values.stream().reduce((a, b) -> Binary.ADD.apply(call, a, b)).orElseGet(() -> call.value(0));
        return Binary.MULTIPLY.apply(call, sum, Known.number(1.0 / values.size()));
    }

    private static Value modulo(Call call) {
        boolean truncated = call.attributes().flag("fmod", false);
        Known a = call.known(0, "the dividend");
        Known b = call.known(1, "the divisor");
        if (a.kind() == Kind.INTEGER) {
            Binary.checkDivisor(b);
        }
        return Folding.map(
                call, a, b, a.kind(), (x, y) -> truncated ? x % y : x - y * Math.floor(x / y), Amount::modulo);
    }

    private static Value power(Call call) {
        Value base = call.value(0);
        Value exponent = call.value(1);
        if (base instanceof Known x && exponent instanceof Known y) {
            return Folding.map(call, x, y, x.kind(), Math::pow, (a, b) -> {
                throw new Unsupported("a power must not depend on the batch size, got %s ^ %s".formatted(a, b));
            });
        }
        if (exponent instanceof Known known) {
            for (int i = 1; i < known.size(); i++) {
                if (known.fixed(i) != known.fixed(0)) {
                    throw new Unsupported("all exponents must be the same, got " + known);
                }
            }
            return Structure.expand(call, Traced.floats(power(call, call.node(0), known.fixed(0))), known.extents());
        }
        for (float value : call.known(0, "base or exponent").data()) {
            if (!(value > 0)) {
                throw new Unsupported("the base of a computed exponent must be positive, got " + base);
            }
        }
        Node logarithm = Folding.map(call, (Known) base, Kind.FLOAT, Math::log).node();
        return Traced.floats(call.emit(new Op.Exp(), call.times(call.node(1), logarithm)));
    }

    private static Node power(Call call, Node x, double exponent) {
        if (exponent == 1) {
            return x;
        }
        if (exponent == 2) {
            return call.times(x, x);
        }
        return call.emit(exponent == 0.5 ? new Op.Sqrt() : new Op.Power(exponent), x);
    }

    private static Value not(Call call) {
        Value x = call.value(0);
        if (x.kind() != Kind.BOOLEAN) {
            throw new IllegalArgumentException("truth values are needed, got " + x.kind());
        }
        return x instanceof Known known
                ? Folding.map(call, known, Kind.BOOLEAN, value -> 1 - value)
                : new Traced(call.minus(Node.constant(1), call.node(0)), Kind.BOOLEAN);
    }

    private static Value where(Call call) {
        Value yes = call.value(1);
        Value no = call.value(2);
        if (call.value(0).kind() != Kind.BOOLEAN || yes.kind() != no.kind()) {
            throw new IllegalArgumentException("truth values and two inputs of one type are needed, got %s, %s and %s"
                    .formatted(call.value(0).kind(), yes.kind(), no.kind()));
        }
        if (call.value(0) instanceof Known condition) {
            if (yes instanceof Known a && no instanceof Known b) {
                return Folding.select(call, condition, a, b);
            }
            Known zero = Known.number(0);
            Value chosen = yes instanceof Known a
                    ? Folding.select(call, condition, a, zero)
                    : Binary.MULTIPLY.apply(call, yes, Folding.cast(call, condition, Kind.FLOAT));
            Value other = no instanceof Known b
                    ? Folding.select(call, condition, zero, b)
                    : Binary.MULTIPLY.apply(call, no, Folding.map(call, condition, Kind.FLOAT, value -> 1 - value));
            return Binary.ADD.apply(call, chosen, other);
        }
        return Traced.floats(masked(call, call.node(0), finite(yes), finite(no)));
    }

    private static Node masked(Call call, Node mask, Node yes, Node no) {
        return call.plus(call.times(mask, yes), call.times(call.minus(Node.constant(1), mask), no));
    }

    private static Node finite(Value value) {
        if (value instanceof Known known) {
            for (float number : known.data()) {
                if (!Float.isFinite(number)) {
                    throw new Unsupported("what a computed condition chooses must be finite, got " + known);
                }
            }
        }
        return Call.node(value);
    }

    private static Rule unary(DoubleUnaryOperator plain, Op op) {
        return Rule.value(call -> call.value(0) instanceof Known known
                ? Folding.map(call, known, known.kind(), plain)
                : Traced.floats(call.emit(op, call.node(0))));
    }

    /** Whole numbers stay, even those that depend on the batch size. */
    private static Rule rounding(DoubleUnaryOperator plain) {
        return Rule.value(call -> {
            Known known = call.known(0, "what is rounded");
            return known.isSymbolic() ? known : Folding.map(call, known, known.kind(), plain);
        });
    }

    private static Value negated(Call call) {
        return call.value(0) instanceof Known known
                ? Folding.map(call, known, known.kind(), value -> -value)
                : Traced.floats(call.times(call.node(0), -1));
    }

    private static Value reciprocal(Call call) {
        return call.value(0) instanceof Known known
                ? Folding.map(call, known, known.kind(), value -> 1 / value)
                : Traced.floats(call.over(Node.constant(1), call.node(0)));
    }

    private static Value sign(Call call) {
        if (call.value(0) instanceof Known known) {
            return Folding.map(call, known, known.kind(), Math::signum);
        }
        Node x = call.node(0);
        Node zero = Node.constant(0);
        return Traced.floats(call.minus(call.emit(new Op.Greater(), x, zero), call.emit(new Op.Greater(), zero, x)));
    }
}
