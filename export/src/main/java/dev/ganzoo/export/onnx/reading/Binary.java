package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** Operators of two inputs, elementwise and broadcast: on numbers, on multiples of the batch size, and in the graph. */
enum Binary {
    ADD(Double::sum, Amount::plus) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.plus(a, b);
        }
    },
    SUBTRACT((a, b) -> a - b, Amount::minus) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.minus(a, b);
        }
    },
    MULTIPLY((a, b) -> a * b, Amount::times) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.times(a, b);
        }
    },
    DIVIDE((a, b) -> a / b, Amount::dividedBy) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.over(a, b);
        }
    },
    MINIMUM(Math::min, (a, b) -> a.comparedTo(b) <= 0 ? a : b) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.minus(a, call.emit(new Op.Relu(), call.minus(a, b)));
        }
    },
    MAXIMUM(Math::max, (a, b) -> a.comparedTo(b) >= 0 ? a : b) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.plus(a, call.emit(new Op.Relu(), call.minus(b, a)));
        }
    },
    EQUAL((a, b) -> a == b ? 1 : 0, (a, b) -> truth(a.equalTo(b))) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.emit(new Op.Equal(), a, b);
        }
    },
    GREATER((a, b) -> a > b ? 1 : 0, (a, b) -> truth(a.comparedTo(b) > 0)) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.emit(new Op.Greater(), a, b);
        }
    },
    LESS((a, b) -> a < b ? 1 : 0, (a, b) -> truth(a.comparedTo(b) < 0)) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.emit(new Op.Greater(), b, a);
        }
    },
    GREATER_OR_EQUAL((a, b) -> a >= b ? 1 : 0, (a, b) -> truth(a.comparedTo(b) >= 0)) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.minus(Node.constant(1), call.emit(new Op.Greater(), b, a));
        }
    },
    LESS_OR_EQUAL((a, b) -> a <= b ? 1 : 0, (a, b) -> truth(a.comparedTo(b) <= 0)) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.minus(Node.constant(1), call.emit(new Op.Greater(), a, b));
        }
    },
    AND((a, b) -> a * b, Binary::never) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.times(a, b);
        }
    },
    OR(Math::max, Binary::never) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.minus(call.plus(a, b), call.times(a, b));
        }
    },
    XOR((a, b) -> a == b ? 0 : 1, Binary::never) {
        @Override
        Node emit(Call call, Node a, Node b) {
            return call.emit(new Op.Abs(), call.minus(a, b));
        }
    };

    private final DoubleBinaryOperator plain;
    private final BinaryOperator<Amount> exact;

    Binary(DoubleBinaryOperator plain, BinaryOperator<Amount> exact) {
        this.plain = plain;
        this.exact = exact;
    }

    abstract Node emit(Call call, Node a, Node b);

    Value apply(Call call, Value a, Value b) {
        if (a.kind() != b.kind()) {
            throw new IllegalArgumentException(
                    "both inputs must be of one type, got %s and %s".formatted(a.kind(), b.kind()));
        }
        if (ordinal() >= AND.ordinal() && a.kind() != Kind.BOOLEAN) {
            throw new IllegalArgumentException("truth values are needed, got " + a.kind());
        }
        Kind kind = isTruth() ? Kind.BOOLEAN : a.kind();
        if (a instanceof Known x && b instanceof Known y) {
            if (this == DIVIDE && kind == Kind.INTEGER) {
                checkDivisor(y);
            }
            return Folding.map(call, x, y, kind, plain, exact);
        }
        return new Traced(emit(call, Call.node(a), Call.node(b)), kind);
    }

    private boolean isTruth() {
        return ordinal() >= EQUAL.ordinal();
    }

    static void checkDivisor(Known divisor) {
        for (int i = 0; i < divisor.size(); i++) {
            if (divisor.amount(i).equals(Amount.of(0))) {
                throw new IllegalArgumentException("an integer must not be divided by 0, got " + divisor);
            }
        }
    }

    private static Amount truth(boolean holds) {
        return Amount.of(holds ? 1 : 0);
    }

    private static Amount never(Amount a, Amount b) {
        throw new IllegalStateException("truth values never depend on the batch size, got %s and %s".formatted(a, b));
    }
}
