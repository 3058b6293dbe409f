package dev.ganzoo.export.onnx.reading;

import static dev.ganzoo.export.onnx.reading.TinyModel.f;
import static dev.ganzoo.export.onnx.reading.TinyModel.i;
import static dev.ganzoo.export.onnx.reading.TinyModel.s;

import java.util.List;

/** Arithmetic, comparisons and activations. */
final class ElementwiseCases extends OperatorCases {
    ElementwiseCases() {
        elementwise();
        activations();
        comparisons();
    }

    private void elementwise() {
        for (String operator : List.of("Add", "Sub", "Mul", "Div")) {
            with(operator, 7, "per channel", "x w", m -> m.positive("w", 3, 1, 1));
            with(operator, 13, "from the left", "w x", m -> m.weight("w", 8));
        }
        for (double exponent : new double[] {1, 2, 3, 0.5}) {
            add(
                    "Pow",
                    12,
                    "exponent " + exponent,
                    m -> m.number("e", exponent).node("Abs", "x", "a").node("Pow", "a e", "y"));
        }
        with("Pow", 13, "constant base", "w x", m -> m.positive("w", 3, 1, 1));
        for (String operator : List.of("Min", "Max", "Sum", "Mean")) {
            with(operator, 8, "of three", "x w v", m -> m.weight("w", 3, 1, 1).weight("v", 8, 8));
        }
        with("Min", 13, "bound", "x c", m -> m.number("c", 0.25));
        with("Max", 13, "bound", "c x", m -> m.number("c", 0.25));
        for (String operator : List.of("Sqrt", "Log", "Reciprocal")) {
            add(operator, 13, "", m -> m.node("Exp", "x", "p").node(operator, "p", "y"));
        }
        for (String operator : List.of("Exp", "Abs", "Tanh", "Neg", "Sign", "Erf", "Relu", "Sigmoid", "Softsign")) {
            one(operator, 13);
        }
        for (String operator : List.of("Floor", "Ceil", "Round")) {
            add(
                    operator,
                    11,
                    "",
                    m -> m.weight("w", 3, 8, 8).node(operator, "w", "r").node("Add", "x r", "y"));
        }
        add(
                "Mod",
                13,
                "",
                m -> m.integers("a", -7, 7, 5)
                        .integers("b", 3, -3, 4)
                        .node("Mod", "a b", "r")
                        .node("Cast", "r", "c", i("to", 1))
                        .node("Reshape", "c k", "d")
                        .integers("k", 3, 1, 1)
                        .node("Add", "x d", "y"));
    }

    private void activations() {
        one("LeakyRelu", 6, f("alpha", 0.2));
        one("LeakyRelu", 16);
        with("PRelu", 9, "per channel", "x w", m -> m.positive("w", 3, 1, 1));
        with("PRelu", 16, "one slope", "x w", m -> m.numbers("w", 0.3));
        one("Elu", 6, f("alpha", 0.7));
        one("Selu", 6);
        one("Celu", 12, f("alpha", 0.7));
        one("Softplus", 1);
        one("Mish", 18);
        one("ThresholdedRelu", 10, f("alpha", 0.5));
        one("HardSigmoid", 6);
        one("HardSigmoid", 6, f("alpha", 1.0 / 6));
        one("HardSwish", 14);
        one("Gelu", 20);
        one("Gelu", 20, s("approximate", "tanh"));
        one("Clip", 6, f("min", -0.5), f("max", 0.5));
        with("Clip", 11, "inputs", "x a b", m -> m.number("a", -0.5).number("b", 0.5));
        with("Clip", 12, "max only", "x _ b", m -> m.number("b", 0.5));
        for (String operator : List.of("Softmax", "LogSoftmax")) {
            one(operator, 11);
            one(operator, 11, i("axis", 2));
            one(operator, 12, i("axis", -1));
            one(operator, 13);
            one(operator, 13, i("axis", 1));
        }
    }

    private void comparisons() {
        for (String operator : List.of("Greater", "Less", "Equal", "GreaterOrEqual", "LessOrEqual")) {
            add(
                    operator,
                    16,
                    "as a mask",
                    m -> m.weight("w", 3, 1, 1)
                            .node("Round", "w", "r0")
                            .node(operator, "x w", "c")
                            .node("Cast", "c", "y", i("to", 1)));
        }
        for (String operator : List.of("And", "Or", "Xor")) {
            add(
                    operator,
                    13,
                    "",
                    m -> m.number("a", -0.3)
                            .number("b", 0.4)
                            .node("Greater", "x a", "p")
                            .node("Less", "x b", "q")
                            .node(operator, "p q", "c")
                            .node("Cast", "c", "y", i("to", 1)));
        }
        add(
                "Not",
                13,
                "",
                m -> m.number("a", 0)
                        .node("Greater", "x a", "p")
                        .node("Not", "p", "c")
                        .node("Cast", "c", "y", i("to", 1)));
        add(
                "Where",
                9,
                "computed condition",
                m -> m.number("a", 0).number("b", 2).node("Greater", "x a", "p").node("Where", "p x b", "y"));
        add(
                "Where",
                16,
                "constant condition",
                m -> m.weight("w", 8, 8)
                        .number("a", 0)
                        .node("Greater", "w a", "p")
                        .number("low", Double.NEGATIVE_INFINITY)
                        .node("Where", "p x low", "z")
                        .node("Softmax", "z", "y"));
        add(
                "Cast",
                13,
                "to truth values",
                m -> m.node("Relu", "x", "r").node("Cast", "r", "b", i("to", 9)).node("Cast", "b", "y", i("to", 1)));
        add(
                "CastLike",
                15,
                "",
                m -> m.number("a", 0).node("Greater", "x a", "b").node("CastLike", "b x", "y"));
    }
}
