package dev.ganzoo.export.onnx.reading;

import static dev.ganzoo.export.onnx.reading.TinyModel.f;
import static dev.ganzoo.export.onnx.reading.TinyModel.fs;
import static dev.ganzoo.export.onnx.reading.TinyModel.i;
import static dev.ganzoo.export.onnx.reading.TinyModel.is;
import static dev.ganzoo.export.onnx.reading.TinyModel.s;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import java.util.function.Consumer;

/** Reductions, normalisations, windows, products and resizings. */
final class WindowCases extends OperatorCases {
    WindowCases() {
        reductions();
        normalizations();
        convolutions();
        poolings();
        products();
        resizings();
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
        for (int opset : new int[] {18, 21}) {
            int scales = opset < 21 ? 3 : 12;
            add(
                    "GroupNormalization",
                    opset,
                    "of several channels",
                    m -> m.weight("g", scales)
                            .weight("b", scales)
                            .node("SpaceToDepth", "x", "d", i("blocksize", 2))
                            .node("GroupNormalization", "d g b", "y", i("num_groups", 3)));
        }
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
}
