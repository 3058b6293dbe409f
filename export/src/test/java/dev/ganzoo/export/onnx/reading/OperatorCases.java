package dev.ganzoo.export.onnx.reading;

import static dev.ganzoo.export.onnx.reading.TinyModel.f;
import static dev.ganzoo.export.onnx.reading.TinyModel.fs;
import static dev.ganzoo.export.onnx.reading.TinyModel.i;
import static dev.ganzoo.export.onnx.reading.TinyModel.is;
import static dev.ganzoo.export.onnx.reading.TinyModel.s;
import static dev.ganzoo.export.onnx.reading.TinyModel.t;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every operator of the table in the forms that opsets give it, each a model of its own with input x (N, 3, 8, 8). */
final class OperatorCases {
    private final List<Case> cases = new ArrayList<>();

    private OperatorCases() {}

    /** A model with one operator on trial. */
    record Case(String operator, int opset, String variant, TinyModel model) {
        @Override
        public String toString() {
            return "%s-%d %s".formatted(operator, opset, variant);
        }
    }

    static List<Case> all() {
        OperatorCases cases = new OperatorCases();
        cases.elementwise();
        cases.activations();
        cases.comparisons();
        cases.shapes();
        cases.indices();
        cases.paddings();
        cases.reductions();
        cases.normalizations();
        cases.convolutions();
        cases.poolings();
        cases.products();
        cases.resizings();
        cases.constants();
        return cases.cases;
    }

    private void add(String operator, int opset, String variant, Consumer<TinyModel> build) {
        int read = Math.max(opset, ModelReader.OLDEST_OPSET);
        TinyModel model = TinyModel.of(read);
        build.accept(model);
        cases.add(new Case(operator, read, variant, model.flattened("y")));
    }

    /** One node from x. */
    private void one(String operator, int opset, AttributeProto... attributes) {
        String variant = attributes.length == 0 ? "" : attributes[0].getName() + " …";
        add(operator, opset, variant, m -> m.node(operator, "x", "y", attributes));
    }

    /** One node from x and further inputs. */
    private void with(
            String operator, int opset, String variant, String inputs, Consumer<TinyModel> given, AttributeProto... a) {
        add(operator, opset, variant, m -> {
            given.accept(m);
            m.node(operator, inputs, "y", a);
        });
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

    private void shapes() {
        with("Reshape", 5, "0 and -1", "x k", m -> m.integers("k", 0, -1, 4));
        with("Reshape", 14, "-1 for the batch", "x k", m -> m.integers("k", -1, 192));
        add(
                "Reshape",
                13,
                "batch merged and parted",
                m -> m.integers("k", -1, 8, 8)
                        .integers("k2", -1, 3, 64)
                        .node("Reshape", "x k", "a")
                        .node("Relu", "a", "b")
                        .node("Reshape", "b k2", "y"));
        add(
                "Reshape",
                13,
                "computed",
                m -> m.integers("zero", 0)
                        .integer("i", 0)
                        .integers("rest", -1)
                        .node("Shape", "x", "s")
                        .node("Gather", "s i", "n", i("axis", 0))
                        .node("Unsqueeze", "n zero", "u")
                        .node("Concat", "u rest", "k", i("axis", 0))
                        .node("Reshape", "x k", "y"));
        add(
                "Reshape",
                11,
                "computed by arithmetic",
                m -> m.integer("i0", 0)
                        .integer("i1", 1)
                        .integer("i2", 2)
                        .node("Shape", "x", "s")
                        .node("Gather", "s i0", "n")
                        .node("Gather", "s i1", "c")
                        .node("Gather", "s i2", "h")
                        .node("Mul", "n c", "nc")
                        .node("Mul", "h h", "hh")
                        .node("Unsqueeze", "nc", "a", is("axes", 0))
                        .node("Unsqueeze", "hh", "b", is("axes", 0))
                        .node("Concat", "a b", "k", i("axis", 0))
                        .node("Reshape", "x k", "r")
                        .node("Div", "nc c", "back")
                        .node("Unsqueeze", "back", "d", is("axes", 0))
                        .integers("rest", -1)
                        .node("Concat", "d rest", "k2", i("axis", 0))
                        .node("Reshape", "r k2", "y"));
        add(
                "Flatten",
                13,
                "further axis",
                m -> m.integers("k", -1, 192)
                        .node("Flatten", "x", "f", i("axis", -2))
                        .node("Reshape", "f k", "y"));
        one("Flatten", 9);
        one("Transpose", 13, is("perm", 0, 2, 3, 1));
        add(
                "Transpose",
                13,
                "there and back",
                m -> m.node("Transpose", "x", "a", is("perm", 0, 2, 3, 1))
                        .node("Transpose", "a", "y", is("perm", 0, 3, 1, 2)));
        add(
                "Squeeze",
                11,
                "attribute",
                m -> m.node("ReduceMean", "x", "a", is("axes", 2)).node("Squeeze", "a", "y", is("axes", 2)));
        add(
                "Squeeze",
                13,
                "input",
                m -> m.integers("k", -2)
                        .node("ReduceMean", "x", "a", is("axes", 2))
                        .node("Squeeze", "a k", "y"));
        add(
                "Squeeze",
                13,
                "all",
                m -> m.node("ReduceMean", "x", "a", is("axes", 2)).node("Squeeze", "a", "y"));
        add("Unsqueeze", 11, "attribute", m -> m.node("Unsqueeze", "x", "y", is("axes", 1, 5)));
        add("Unsqueeze", 13, "input", m -> m.integers("k", -1, 2).node("Unsqueeze", "x k", "y"));
        one("SpaceToDepth", 13, i("blocksize", 2));
        for (String mode : List.of("DCR", "CRD")) {
            add(
                    "DepthToSpace",
                    13,
                    mode,
                    m -> m.node("SpaceToDepth", "x", "a", i("blocksize", 2))
                            .node("DepthToSpace", "a", "y", i("blocksize", 2), s("mode", mode)));
        }
        add(
                "Size",
                13,
                "",
                m -> m.node("Size", "x", "s")
                        .node("Shape", "x", "k")
                        .integer("i", 0)
                        .node("Gather", "k i", "n")
                        .node("Div", "s n", "each")
                        .integers("zero", 0)
                        .node("Unsqueeze", "each zero", "e")
                        .integers("rest", -1)
                        .node("Concat", "rest e", "k2", i("axis", 0))
                        .node("Reshape", "x k2", "y"));
        add(
                "Shape",
                15,
                "part",
                m -> m.node("Shape", "x", "s", i("start", 0), i("end", -2))
                        .integers("rest", -1)
                        .node("Concat", "s rest", "k", i("axis", 0))
                        .node("Reshape", "x k", "y"));
    }

    private void indices() {
        add(
                "Concat",
                13,
                "with a constant",
                m -> m.weight("w", 1, 2, 8, 8)
                        .node("Shape", "x", "s")
                        .integer("i", 0)
                        .node("Gather", "s i", "n")
                        .integers("zero", 0)
                        .node("Unsqueeze", "n zero", "u")
                        .integers("more", 2, 8, 8)
                        .node("Concat", "u more", "k", i("axis", 0))
                        .node("Expand", "w k", "e")
                        .node("Concat", "x e", "y", i("axis", 1)));
        one("Slice", 9, is("starts", 1, -3), is("ends", 3, 100), is("axes", 1, 2));
        with(
                "Slice",
                13,
                "steps",
                "x a b c d",
                m -> m.integers("a", 7, 1)
                        .integers("b", Long.MIN_VALUE, Long.MAX_VALUE)
                        .integers("c", 2, 3)
                        .integers("d", -2, 3));
        with(
                "Slice",
                10,
                "of the whole batch",
                "x a b c",
                m -> m.integers("a", 0, 2).integers("b", Long.MAX_VALUE, -1).integers("c", 0, 3));
        add(
                "Split",
                11,
                "sizes",
                m -> m.node("Split", "x", "a b", i("axis", 2), is("split", 3, 5))
                        .node("Identity", "b", "y"));
        add("Split", 11, "equal", m -> m.node("Split", "x", "a b", i("axis", 3)).node("Mul", "a b", "y"));
        add(
                "Split",
                13,
                "sizes as input",
                m -> m.integers("k", 1, 2)
                        .node("Split", "x k", "a b", i("axis", 1))
                        .node("Mul", "a b", "y"));
        add(
                "Split",
                18,
                "uneven",
                m -> m.node("Split", "x", "a b c", i("axis", 2), i("num_outputs", 3))
                        .node("Add", "a b", "y"));
        with("Gather", 13, "one", "x k", m -> m.integer("k", -1), i("axis", 1));
        with("Gather", 13, "list", "x k", m -> m.integers("k", 0, 2, 2, 1, 0, 5, 6, 7), i("axis", 2));
        add(
                "Gather",
                11,
                "of an embedding",
                m -> m.weight("w", 5, 8)
                        .integers("k", 1, 3, 3)
                        .node("Gather", "w k", "e")
                        .integers("s", 3, 1, 8)
                        .node("Reshape", "e s", "r")
                        .node("Add", "x r", "y"));
        add(
                "Expand",
                13,
                "",
                m -> m.integers("k", 1, 1, 4, 1, 1)
                        .node("ReduceMean", "x", "a", is("axes", 2))
                        .integers("k2", 1, 3, 5, 8)
                        .node("Expand", "a k2", "y"));
        with("Tile", 13, "", "x k", m -> m.integers("k", 1, 2, 1, 3));
        add(
                "Tile",
                13,
                "of a token",
                m -> m.weight("w", 1, 1, 8, 8)
                        .node("Shape", "x", "s")
                        .integers("a", 0)
                        .integers("b", 1)
                        .node("Slice", "s a b", "n")
                        .integers("ones", 1, 1, 1)
                        .node("Concat", "n ones", "k", i("axis", 0))
                        .node("Tile", "w k", "t")
                        .node("Concat", "t x", "y", i("axis", 1)));
    }

    private void paddings() {
        one("Pad", 10, is("pads", 0, 0, 1, 2, 0, 0, 3, 0), f("value", 0.5));
        with(
                "Pad",
                13,
                "value",
                "x k v",
                m -> m.integers("k", 0, 1, 1, 2, 0, 0, 3, 0).number("v", -1));
        with("Pad", 18, "axes", "x k _ a", m -> m.integers("k", 1, 2, 3, 4).integers("a", -1, 2));
        with("Pad", 13, "cut", "x k", m -> m.integers("k", 0, 0, -1, 2, 0, 0, -2, 0));
        for (String mode : List.of("reflect", "edge")) {
            one("Pad", 2, is("pads", 0, 0, 1, 2, 0, 0, 3, 0), s("mode", mode));
            with("Pad", 13, mode, "x k", m -> m.integers("k", 0, 0, 1, 2, 0, 0, 7, 0), s("mode", mode));
        }
    }

    private void reductions() {
        for (String operator : List.of(
                "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp")) {
            one(operator, 11, is("axes", 2, 3), i("keepdims", 0));
            with(operator, 18, "axes as input", "x k", m -> m.integers("k", -1));
        }
        one("ReduceSum", 11, is("axes", -1));
        with("ReduceSum", 13, "axes as input", "x k", m -> m.integers("k", 1, 2), i("keepdims", 0));
        one("ReduceSum", 13, i("noop_with_empty_axes", 1));
        add("ReduceLogSum", 11, "", m -> m.node("Exp", "x", "e").node("ReduceLogSum", "e", "y", is("axes", 1)));
        add(
                "ReduceProd",
                11,
                "of a shape",
                m -> m.node("Shape", "x", "s")
                        .integers("a", 1)
                        .integers("b", 4)
                        .node("Slice", "s a b", "t")
                        .node("ReduceProd", "t", "p", is("axes", 0))
                        .integers("rest", -1)
                        .node("Concat", "rest p", "k", i("axis", 0))
                        .node("Reshape", "x k", "y"));
        add(
                "ReduceSum",
                13,
                "of constants",
                m -> m.weight("w", 3, 8, 5)
                        .integers("k", -1)
                        .node("ReduceSum", "w k", "r", i("keepdims", 0))
                        .integers("s", 3, 8, 1)
                        .node("Reshape", "r s", "t")
                        .node("Add", "x t", "y"));
        one("GlobalAveragePool", 1);
        one("GlobalMaxPool", 1);
    }

    private void normalizations() {
        Consumer<TinyModel> statistics =
                m -> m.weight("g", 3).weight("b", 3).weight("m", 3).positive("v", 3);
        with("BatchNormalization", 9, "", "x g b m v", statistics, f("epsilon", 1e-3), f("momentum", 0.9));
        with("BatchNormalization", 15, "", "x g b m v", statistics, i("training_mode", 0));
        add("BatchNormalization", 9, "of lists", m -> {
            statistics.accept(m);
            m.integers("k", 0, 0, -1).node("Reshape", "x k", "r").node("BatchNormalization", "r g b m v", "y");
        });
        with("InstanceNormalization", 6, "", "x g b", m -> m.weight("g", 3).weight("b", 3), f("epsilon", 1e-3));
        add(
                "InstanceNormalization",
                6,
                "of groups",
                m -> m.weight("g", 1)
                        .weight("b", 1)
                        .integers("k", 0, 1, -1)
                        .node("Reshape", "x k", "r")
                        .node("InstanceNormalization", "r g b", "y"));
        with(
                "GroupNormalization",
                21,
                "per channel",
                "x g b",
                m -> m.weight("g", 3).weight("b", 3),
                i("num_groups", 1));
        with(
                "LayerNormalization",
                17,
                "last axis",
                "x g b",
                m -> m.weight("g", 8).weight("b", 8),
                f("epsilon", 1e-3));
        with("LayerNormalization", 17, "no bias", "x g", m -> m.weight("g", 3, 8, 8), i("axis", 1));
        one("LpNormalization", 1, i("axis", 1), i("p", 2));
        one("LpNormalization", 1, i("axis", -1), i("p", 1));
        one("LRN", 1, i("size", 3), f("alpha", 0.3));
        one("LRN", 13, i("size", 5), f("alpha", 0.3), f("beta", 0.6), f("bias", 2));
    }

    private void convolutions() {
        Consumer<TinyModel> weight = m -> m.weight("w", 4, 3, 3, 3).weight("b", 4);
        with(
                "Conv",
                11,
                "plain",
                "x w b",
                weight,
                is("kernel_shape", 3, 3),
                is("pads", 1, 1, 1, 1),
                is("strides", 2, 1));
        with("Conv", 11, "asymmetric", "x w", weight, is("pads", 0, 1, 2, 3), is("dilations", 2, 1));
        for (String auto : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            with("Conv", 1, auto, "x w b", weight, s("auto_pad", auto), is("strides", 2, 3));
            one("MaxPool", 12, is("kernel_shape", 3, 2), s("auto_pad", auto), is("strides", 2, 3));
            one("AveragePool", 11, is("kernel_shape", 3, 2), s("auto_pad", auto), is("strides", 2, 3));
        }
        with("Conv", 11, "groups", "x w", m -> m.weight("w", 6, 1, 1, 1), i("group", 3));
        Consumer<TinyModel> transposed = m -> m.weight("w", 3, 4, 3, 2).weight("b", 4);
        with("ConvTranspose", 11, "plain", "x w b", transposed, is("strides", 2, 2), is("pads", 1, 0, 1, 0));
        with(
                "ConvTranspose",
                11,
                "asymmetric",
                "x w",
                transposed,
                is("strides", 2, 3),
                is("pads", 0, 1, 2, 0),
                is("output_padding", 1, 0));
        with("ConvTranspose", 11, "shape", "x w", transposed, is("strides", 2, 2), is("output_shape", 16, 15));
        with("ConvTranspose", 11, "same", "x w", transposed, is("strides", 2, 2), s("auto_pad", "SAME_UPPER"));
        with(
                "ConvTranspose",
                11,
                "groups",
                "x w",
                m -> m.weight("w", 3, 2, 3, 3),
                i("group", 3),
                is("dilations", 2, 1));
    }

    private void poolings() {
        one("MaxPool", 8, is("kernel_shape", 2, 2), is("strides", 2, 2));
        one("MaxPool", 12, is("kernel_shape", 3, 3), is("strides", 2, 2), is("pads", 1, 1, 1, 1), i("ceil_mode", 1));
        one("MaxPool", 12, is("kernel_shape", 3, 3), is("strides", 2, 2), is("pads", 0, 0, 1, 2));
        one("MaxPool", 10, is("kernel_shape", 3, 3), is("strides", 2, 2), i("ceil_mode", 1));
        one("MaxPool", 10, is("kernel_shape", 2, 2), is("strides", 3, 3), i("ceil_mode", 1));
        for (int padsCount = 0; padsCount < 2; padsCount++) {
            AttributeProto count = i("count_include_pad", padsCount);
            one("AveragePool", 10, count, is("kernel_shape", 3, 3), is("strides", 2, 2), is("pads", 1, 1, 1, 1));
            one("AveragePool", 11, count, is("kernel_shape", 3, 2), is("strides", 2, 2), is("pads", 0, 1, 2, 0));
            one("AveragePool", 19, count, is("kernel_shape", 3, 3), is("strides", 2, 2), i("ceil_mode", 1));
            one(
                    "AveragePool",
                    19,
                    count,
                    is("kernel_shape", 3, 3),
                    is("strides", 2, 2),
                    is("pads", 1, 1, 1, 1),
                    i("ceil_mode", 1));
        }
    }

    private void products() {
        add(
                "Gemm",
                7,
                "plain",
                m -> m.weight("w", 192, 5)
                        .weight("c", 5)
                        .node("Flatten", "x", "f")
                        .node("Gemm", "f w c", "y"));
        add(
                "Gemm",
                13,
                "scaled",
                m -> m.weight("w", 5, 192)
                        .weight("c", 1, 5)
                        .node("Flatten", "x", "f")
                        .node("Gemm", "f w c", "y", f("alpha", 0.5), f("beta", 2), i("transB", 1)));
        add(
                "Gemm",
                13,
                "one bias for all",
                m -> m.weight("w", 5, 192)
                        .number("c", 0.3)
                        .node("Flatten", "x", "f")
                        .node("Gemm", "f w c", "y", i("transB", 1)));
        add(
                "Gemm",
                13,
                "without bias",
                m -> m.weight("w", 5, 192).node("Flatten", "x", "f").node("Gemm", "f w", "y", i("transB", 1)));
        one("Einsum", 12, s("equation", "bchw->bwc"));
        with("Einsum", 12, "weight", "x w", m -> m.weight("w", 3, 5), s("equation", "bchw,cd->bhwd"));
        add(
                "Einsum",
                13,
                "of both",
                m -> m.weight("w", 3, 1, 1)
                        .node("Mul", "x w", "v")
                        .node("Einsum", "x v", "y", s("equation", "b c h w, b c v w -> b v h c")));
        with("MatMul", 13, "weight", "x w", m -> m.weight("w", 8, 5));
        with("MatMul", 13, "weight on the left", "w x", m -> m.weight("w", 5, 8));
        with("MatMul", 13, "list", "x w", m -> m.weight("w", 8));
        with("MatMul", 13, "many weights", "x w", m -> m.weight("w", 3, 8, 5));
        add(
                "MatMul",
                9,
                "of both",
                m -> m.node("Transpose", "x", "t", is("perm", 0, 1, 3, 2)).node("MatMul", "x t", "y"));
    }

    private void resizings() {
        one("Upsample", 7, fs("scales", 1, 1, 2, 2), s("mode", "nearest"));
        with("Upsample", 9, "uneven", "x k", m -> m.numbers("k", 1, 1, 2, 3), s("mode", "nearest"));
        with("Upsample", 9, "linear", "x k", m -> m.numbers("k", 1, 1, 2, 2), s("mode", "linear"));
        with("Resize", 10, "nearest", "x k", m -> m.numbers("k", 1, 1, 2, 2), s("mode", "nearest"));
        with("Resize", 10, "linear", "x k", m -> m.numbers("k", 1, 1, 1.5, 2), s("mode", "linear"));
        for (String coordinates : List.of("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel")) {
            AttributeProto how = s("coordinate_transformation_mode", coordinates);
            with(
                    "Resize",
                    11,
                    coordinates + " linear",
                    "x r k",
                    m -> m.numbers("r").numbers("k", 1, 1, 2, 2),
                    how,
                    s("mode", "linear"));
            with(
                    "Resize",
                    13,
                    coordinates + " smaller",
                    "x _ k",
                    m -> m.numbers("k", 1, 1, 0.625, 1.5),
                    how,
                    s("mode", "linear"));
            for (String nearest : List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil")) {
                with(
                        "Resize",
                        13,
                        coordinates + " " + nearest,
                        "x _ k",
                        m -> m.numbers("k", 1, 1, 1.25, 2),
                        how,
                        s("mode", "nearest"),
                        s("nearest_mode", nearest));
            }
        }
        add(
                "Resize",
                13,
                "to sizes",
                m -> m.node("Shape", "x", "s")
                        .integers("a", 0)
                        .integers("b", 2)
                        .node("Slice", "s a b", "n")
                        .integers("hw", 16, 16)
                        .node("Concat", "n hw", "k", i("axis", 0))
                        .node(
                                "Resize",
                                "x _ _ k",
                                "y",
                                s("mode", "nearest"),
                                s("coordinate_transformation_mode", "asymmetric"),
                                s("nearest_mode", "floor"),
                                f("cubic_coeff_a", -0.75)));
        with("Resize", 18, "axes", "x _ _ k", m -> m.integers("k", 12, 6), is("axes", 2, 3), s("mode", "linear"));
    }

    private void constants() {
        one("Identity", 13);
        one("Dropout", 7, f("ratio", 0.5));
        with("Dropout", 13, "inputs", "x r", m -> m.number("r", 0.5));
        add(
                "Constant",
                12,
                "number",
                m -> m.node("Constant", "", "c", f("value_float", 2)).node("Mul", "x c", "y"));
        add(
                "Constant",
                12,
                "numbers",
                m -> m.node("Constant", "", "c", fs("value_floats", 1, 2, 3, 4, 5, 6, 7, 8))
                        .node("Mul", "x c", "y"));
        add(
                "Constant",
                12,
                "integers",
                m -> m.node("Constant", "", "c", is("value_ints", 0, -1)).node("Reshape", "x c", "y"));
        add(
                "Constant",
                12,
                "integer",
                m -> m.node("Constant", "", "c", i("value_int", 1)).node("Gather", "x c", "y", i("axis", 1)));
        add(
                "Constant",
                9,
                "tensor",
                m -> m.node("Constant", "", "c", t("value", TinyModel.floats("", new float[] {3})))
                        .node("Mul", "x c", "y"));
        add(
                "ConstantOfShape",
                9,
                "",
                m -> m.node("Shape", "x", "s")
                        .node("ConstantOfShape", "s", "c", t("value", TinyModel.floats("", new float[] {0.5f}, 1)))
                        .node("Concat", "x c", "y", i("axis", 1)));
        add(
                "Range",
                11,
                "",
                m -> m.integer("a", 1)
                        .integer("b", 9)
                        .integer("c", 1)
                        .node("Range", "a b c", "r")
                        .node("Cast", "r", "f", i("to", 1))
                        .node("Mul", "x f", "y"));
        add(
                "NonZero",
                9,
                "",
                m -> m.numbers("v", 0, 1, 2, 0, 3)
                        .node("NonZero", "v", "z")
                        .node("Squeeze", "z", "k", is("axes", 0))
                        .node("Gather", "x k", "y", i("axis", 2)));
        add(
                "ScatterND",
                16,
                "",
                m -> m.weight("w", 8)
                        .weight("u", 2)
                        .initializer(places())
                        .node("ScatterND", "w k u", "c")
                        .node("Mul", "x c", "y"));
    }

    private static TensorProto places() {
        return TensorProto.newBuilder()
                .setName("k")
                .setDataType(7)
                .addDims(2)
                .addDims(1)
                .addInt64Data(1)
                .addInt64Data(-2)
                .build();
    }
}
