package dev.ganzoo.export.onnx.reading;

import static dev.ganzoo.export.onnx.reading.TinyModel.f;
import static dev.ganzoo.export.onnx.reading.TinyModel.fs;
import static dev.ganzoo.export.onnx.reading.TinyModel.i;
import static dev.ganzoo.export.onnx.reading.TinyModel.is;
import static dev.ganzoo.export.onnx.reading.TinyModel.s;
import static dev.ganzoo.export.onnx.reading.TinyModel.t;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/** Shapes, parts of values and constants. */
final class ShapeCases extends OperatorCases {
    ShapeCases() {
        shapes();
        indices();
        paddings();
        constants();
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
