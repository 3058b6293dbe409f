package dev.ganzoo.export.onnx;

import static dev.ganzoo.export.onnx.Attributes.extent;
import static dev.ganzoo.export.onnx.Attributes.integer;
import static dev.ganzoo.export.onnx.Attributes.integers;
import static dev.ganzoo.export.onnx.Attributes.text;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Transposed convolutions written as convolutions, for which ONNX Runtime has much faster kernels on the CPU. The kernel is
 * rearranged by nodes of the file, which ONNX Runtime computes once when it loads it, so that a network and its gradient
 * still share what is stored.
 *
 * <p>With stride 1 the kernel is mirrored and its channels change places. With stride s each output pixel meets only every
 * s-th tap: the s·s kernels of these taps are the channels of one convolution, whose results are then interleaved.
 */
final class TransposedConvolutions {
    /** How many times more multiplications a form may need. */
    private static final int WASTE = 2;

    /** With fewer results ONNX Runtime's transposed convolution is as fast, since it computes no more channels than these. */
    private static final int LEAST_OUTPUTS = 8;

    /** With as many input pixels, its matrix products are large enough, and interleaving would cost more than it gains. */
    private static final int MANY_PIXELS = 64;

    private final OnnxGraph onnx;
    private final String name;
    private final Op.ConvTranspose2d op;
    private final Node node;
    private final List<String> inputs;

    private TransposedConvolutions(OnnxGraph onnx, String name, Node node, List<String> inputs) {
        this.onnx = onnx;
        this.name = name;
        this.op = (Op.ConvTranspose2d) node.op();
        this.node = node;
        this.inputs = inputs;
    }

    /** The result of the transposed convolution {@code node}, or empty where a convolution would not be faster. */
    static Optional<String> write(OnnxGraph onnx, String name, Node node, List<String> inputs) {
        TransposedConvolutions writing = new TransposedConvolutions(onnx, name, node, inputs);
        boolean grouped = writing.op.groups() > 1;
        boolean few = !grouped && writing.outputs() < LEAST_OUTPUTS;
        if (few || !(node.input(1).op() instanceof Op.Constant)) {
            return Optional.empty();
        }
        Extent stride = writing.op.stride();
        if (stride.equals(Extent.square(1))) {
            return writing.mirrored();
        }
        Shape x = node.input(0).shape();
        return grouped || x.extent(2) * x.extent(3) < MANY_PIXELS ? writing.interleaved() : Optional.empty();
    }

    private Optional<String> mirrored() {
        Shape kernel = node.input(1).shape();
        int above =
                op.dilation().height() * (kernel.extent(2) - 1) - op.padding().height();
        int left = op.dilation().width() * (kernel.extent(3) - 1) - op.padding().width();
        if (above < 0 || left < 0) {
            return Optional.empty();
        }
        int[] shape = {groups(), inputs(), outputs(), kernel.extent(2), kernel.extent(3)};
        String grouped = onnx.node(name + ".grouped", "Reshape", List.of(inputs.get(1), numbers(".groups", shape)));
        String swapped =
                onnx.node(name + ".swapped", "Transpose", List.of(grouped), integers("perm", List.of(0, 2, 1, 3, 4)));
        String mirrored = mirror(swapped, 3, 4);
        String taps = onnx.node(
                name + ".taps",
                "Reshape",
                List.of(mirrored, numbers(".shape", groups() * outputs(), inputs(), shape[3], shape[4])));
        return Optional.of(conv(name, taps, bias(), List.of(above, left, above, left), new Extent(shape[3], shape[4])));
    }

    /** Along one axis: which taps meet, and how the gradient is padded for them. */
    private record Phases(int taps, int before, int after, int front, int back) {
        static Phases of(int extent, int result, int kernel, int stride, int padding) {
            int front = (stride - padding % stride) % stride;
            int taps = (kernel + front + stride - 1) / stride;
            int before = taps - 1 - (padding + front) / stride;
            int pixels = (result + stride - 1) / stride;
            return new Phases(taps, before, pixels + taps - 1 - extent - before, front, taps * stride - kernel - front);
        }
    }

    private Optional<String> interleaved() {
        int stride = op.stride().height();
        Shape x = node.input(0).shape();
        Shape kernel = node.input(1).shape();
        Phases rows = Phases.of(
                x.extent(2),
                node.shape().extent(2),
                kernel.extent(2),
                stride,
                op.padding().height());
        Phases columns = Phases.of(
                x.extent(3),
                node.shape().extent(3),
                kernel.extent(3),
                stride,
                op.padding().width());
        boolean wasteful = rows.taps() * columns.taps() * stride * stride > WASTE * kernel.extent(2) * kernel.extent(3);
        boolean plain = op.stride().width() == stride && op.dilation().equals(Extent.square(1));
        if (!plain
                || wasteful
                || rows.before() < 0
                || rows.after() < 0
                || columns.before() < 0
                || columns.after() < 0) {
            return Optional.empty();
        }
        String taps = phaseKernels(rows, columns, stride);
        List<Integer> pads = List.of(rows.before(), columns.before(), rows.after(), columns.after());
        String phases = conv(name + ".phases", taps, phaseBias(stride), pads, new Extent(rows.taps(), columns.taps()));
        return Optional.of(interleave(phases, stride));
    }

    /** (I, O/g, kh, kw) → (O·s·s, I/g, Kh, Kw): tap q·s + r, zeros added in front and behind, is tap q of phase r, mirrored. */
    private String phaseKernels(Phases rows, Phases columns, int stride) {
        String pads = numbers(".tap_pads", 0, 0, rows.front(), columns.front(), 0, 0, rows.back(), columns.back());
        String padded = onnx.node(name + ".padded_taps", "Pad", List.of(inputs.get(1), pads));
        String split = onnx.node(
                name + ".split_taps",
                "Reshape",
                List.of(
                        padded,
                        numbers(
                                ".groups",
                                groups(),
                                inputs(),
                                outputs(),
                                rows.taps(),
                                stride,
                                columns.taps(),
                                stride)));
        String swapped = onnx.node(
                name + ".swapped", "Transpose", List.of(split), integers("perm", List.of(0, 2, 4, 6, 1, 3, 5)));
        return onnx.node(
                name + ".taps",
                "Reshape",
                List.of(
                        mirror(swapped, 5, 6),
                        numbers(
                                ".shape",
                                groups() * outputs() * stride * stride,
                                inputs(),
                                rows.taps(),
                                columns.taps())));
    }

    /** The bias of each output channel for all its phases. */
    private List<String> phaseBias(int stride) {
        if (inputs.size() < 3) {
            return List.of();
        }
        int channels = groups() * outputs();
        String column =
                onnx.node(name + ".bias_column", "Reshape", List.of(inputs.get(2), numbers(".column", channels, 1)));
        String repeated = onnx.node(
                name + ".bias_rows", "Expand", List.of(column, numbers(".phases_each", channels, stride * stride)));
        return List.of(onnx.node(name + ".bias", "Reshape", List.of(repeated, numbers(".all", -1))));
    }

    private String interleave(String phases, int stride) {
        boolean whole = node.shape().extent(2) % stride == 0 && node.shape().extent(3) % stride == 0;
        String all = onnx.node(
                whole ? name : name + ".interleaved",
                "DepthToSpace",
                List.of(phases),
                integer("blocksize", stride),
                text("mode", "CRD"));
        return whole
                ? all
                : onnx.node(
                        name,
                        "Slice",
                        List.of(
                                all,
                                numbers(".starts", 0, 0),
                                numbers(
                                        ".ends",
                                        node.shape().extent(2),
                                        node.shape().extent(3)),
                                numbers(".axes", 2, 3)));
    }

    private String conv(String result, String taps, List<String> bias, List<Integer> pads, Extent kernel) {
        List<String> arguments = new ArrayList<>(List.of(inputs.get(0), taps));
        arguments.addAll(bias);
        return onnx.node(
                result,
                "Conv",
                arguments,
                extent("kernel_shape", kernel),
                integers("pads", pads),
                extent("dilations", op.dilation()),
                integer("group", groups()));
    }

    private String mirror(String kernel, int rows, int columns) {
        return onnx.node(
                name + ".mirrored",
                "Slice",
                List.of(
                        kernel,
                        numbers(".last", -1, -1),
                        numbers(".before_first", Integer.MIN_VALUE, Integer.MIN_VALUE),
                        numbers(".mirrored_axes", rows, columns),
                        numbers(".backwards", -1, -1)));
    }

    private List<String> bias() {
        return inputs.subList(2, inputs.size());
    }

    private int groups() {
        return op.groups();
    }

    private int inputs() {
        return node.input(1).shape().extent(0) / op.groups();
    }

    private int outputs() {
        return node.input(1).shape().extent(1);
    }

    private String numbers(String suffix, int... values) {
        return onnx.integers(name + suffix, Arrays.stream(values).asLongStream().toArray());
    }
}
