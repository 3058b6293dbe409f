package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Arrays;
import java.util.function.BiFunction;

/** Activations, most of them composed from a few operations. */
final class ActivationRules {
    private ActivationRules() {}

    static void addTo(OperatorTable.Builder table) {
        table.add("Relu", of((call, x) -> call.emit(new Op.Relu(), x)))
                .add("Sigmoid", of((call, x) -> call.emit(new Op.Sigmoid(), x)))
                .add("Erf", of((call, x) -> call.emit(new Op.Erf(), x)))
                .add("LeakyRelu", of((call, x) -> call.emit(new Op.LeakyRelu(alpha(call, 0.01)), x)))
                .add("PRelu", Rule.node(ActivationRules::prelu))
                .add("Elu", of((call, x) -> elu(call, x, alpha(call, 1), 1)))
                .add("Selu", of(ActivationRules::selu))
                .add("Celu", of(ActivationRules::celu))
                .add("Softplus", of(ActivationRules::softplus))
                .add("Softsign", of((call, x) -> call.over(x, call.plus(call.emit(new Op.Abs(), x), 1))))
                .add("Mish", of((call, x) -> call.times(x, call.emit(new Op.Tanh(), softplus(call, x)))))
                .add("ThresholdedRelu", of(ActivationRules::thresholdedRelu))
                .add(
                        "HardSigmoid",
                        of((call, x) -> hardSigmoid(
                                call, x, alpha(call, 0.2), call.attributes().real("beta", 0.5))))
                .add("HardSwish", of((call, x) -> call.times(x, hardSigmoid(call, x, 1.0 / 6, 0.5))))
                .add("Gelu", of(ActivationRules::gelu))
                .add("Clip", Rule.value(ActivationRules::clip), "constant bounds")
                .add("Softmax", Rule.node(call -> softmax(call, false)))
                .add("LogSoftmax", Rule.node(call -> softmax(call, true)));
    }

    private static Rule of(BiFunction<Call, Node, Node> rule) {
        return Rule.node(call -> rule.apply(call, call.node(0)));
    }

    private static double alpha(Call call, double otherwise) {
        return call.attributes().real("alpha", otherwise);
    }

    private static Node prelu(Call call) {
        Node x = call.node(0);
        if (call.value(1) instanceof Known slope
                && slope.size() == 1
                && slope.rank() <= x.shape().rank()) {
            return call.emit(new Op.LeakyRelu(slope.only("the slope")), x);
        }
        Node negative = call.emit(new Op.Relu(), call.times(x, -1));
        return call.minus(call.emit(new Op.Relu(), x), call.times(call.node(1), negative));
    }

    /** max(x, 0) + α·(exp(min(x, 0) / scale) − 1). */
    private static Node elu(Call call, Node x, double alpha, double scale) {
        Node negative = call.emit(new Op.Clip(Double.NEGATIVE_INFINITY, 0), x);
        Node curve = call.plus(call.emit(new Op.Exp(), call.times(negative, 1 / scale)), -1);
        return call.plus(call.emit(new Op.Relu(), x), call.times(curve, alpha));
    }

    private static Node selu(Call call, Node x) {
        double gamma = call.attributes().real("gamma", 1.05070102214813232421875);
        return call.times(elu(call, x, alpha(call, 1.67326319217681884765625), 1), gamma);
    }

    private static Node celu(Call call, Node x) {
        double alpha = alpha(call, 1);
        return elu(call, x, alpha, alpha);
    }

    /** log(1 + eˣ), without its overflow. */
    private static Node softplus(Call call, Node x) {
        Node small = call.emit(new Op.Exp(), call.times(call.emit(new Op.Abs(), x), -1));
        return call.plus(call.emit(new Op.Relu(), x), call.emit(new Op.Log(), call.plus(small, 1)));
    }

    private static Node thresholdedRelu(Call call, Node x) {
        return call.times(x, call.emit(new Op.Greater(), x, Node.constant(alpha(call, 1))));
    }

    private static Node hardSigmoid(Call call, Node x, double slope, double offset) {
        return call.emit(new Op.Clip(0, 1), call.plus(call.times(x, slope), offset));
    }

    private static Node gelu(Call call, Node x) {
        String approximate = call.attributes().text("approximate", "none");
        Node inner = switch (approximate) {
            case "none" -> call.emit(new Op.Erf(), call.times(x, Math.sqrt(0.5)));
            case "tanh" -> {
                Node cube = call.times(call.times(call.times(x, x), x), 0.044715);
                yield call.emit(new Op.Tanh(), call.times(call.plus(x, cube), Math.sqrt(2 / Math.PI)));
            }
            default -> throw new IllegalArgumentException("approximate must be none or tanh, got " + approximate);
        };
        return call.times(call.times(x, call.plus(inner, 1)), 0.5);
    }

    private static Value clip(Call call) {
        double least = call.attributes().real("min", Double.NEGATIVE_INFINITY);
        double most = call.attributes().real("max", Double.POSITIVE_INFINITY);
        least = call.has(1) ? call.known(1, "min").only("min") : least;
        most = call.has(2) ? call.known(2, "max").only("max") : most;
        return clip(call, call.value(0), least, most);
    }

    static Value clip(Call call, Value x, double least, double most) {
        if (x instanceof Known known) {
            return Folding.map(call, known, known.kind(), value -> Math.min(Math.max(value, least), most));
        }
        if (!(least <= most)) {
            throw new IllegalArgumentException("min must be at most max, got %s and %s".formatted(least, most));
        }
        return Traced.floats(call.emit(new Op.Clip(least, most), Call.node(x)));
    }

    /** Before opset 13 the axes from the one given on were one. */
    private static Node softmax(Call call, boolean logarithm) {
        Node x = call.node(0);
        int[] extents = x.shape().extents();
        int rank = extents.length;
        boolean flattens = call.opset() < 13;
        int axis = Call.axis(call.attributes().integer("axis", flattens ? 1 : -1), rank);
        boolean alone = Arrays.stream(extents).skip(axis + 1L).allMatch(extent -> extent == 1);
        if (!flattens || alone) {
            return call.emit(softmax(axis, logarithm), x);
        }
        int[] flat = Arrays.copyOf(extents, axis + 1);
        for (int i = axis + 1; i < rank; i++) {
            flat[axis] = Extents.product(flat[axis], extents[i]);
        }
        Node result = call.emit(softmax(axis, logarithm), call.reshape(x, flat));
        return call.emit(new Op.Reshape(Shape.of(extents)), result);
    }

    private static Op softmax(int axis, boolean logarithm) {
        return logarithm ? new Op.LogSoftmax(axis) : new Op.Softmax(axis);
    }
}
