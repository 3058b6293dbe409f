package dev.ganzoo.export.onnx;

import static dev.ganzoo.export.onnx.Attributes.extent;
import static dev.ganzoo.export.onnx.Attributes.integer;
import static dev.ganzoo.export.onnx.Attributes.integers;
import static dev.ganzoo.export.onnx.Attributes.pads;
import static dev.ganzoo.export.onnx.Attributes.real;
import static dev.ganzoo.export.onnx.Attributes.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Interpreter;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Reading;
import dev.ganzoo.zoo.graph.Shape;
import java.util.List;

/** The reading of a graph as ONNX: each node means the name of a value in the file. */
final class OnnxRules implements Reading<String> {
    private final OnnxGraph onnx;
    private final ValueNames names;

    private OnnxRules(OnnxGraph onnx, ValueNames names) {
        this.onnx = onnx;
        this.names = names;
    }

    static GraphProto write(Graph graph, WeightPrecision weights) {
        OnnxGraph onnx = new OnnxGraph(graph.name(), weights);
        Interpreter.run(graph, new OnnxRules(onnx, ValueNames.of(graph))).forEach((output, value) -> {
            if (!value.equals(output)) {
                onnx.node(output, "Identity", List.of(value));
            }
            onnx.output(output, graph.outputs().get(output).shape());
        });
        return onnx.build();
    }

    @Override
    public String input(Op.Input op, Node node) {
        return onnx.input(names.of(node), node.shape());
    }

    @Override
    public String parameter(Op.Parameter op, Node node) {
        throw unwritable(node);
    }

    @Override
    public String buffer(Op.Buffer op, Node node) {
        throw unwritable(node);
    }

    @Override
    public String constant(Op.Constant op, Node node) {
        return onnx.constant(names.of(node), op.value());
    }

    @Override
    public String add(Op.Add op, Node node, List<String> inputs) {
        return write(node, "Add", inputs);
    }

    @Override
    public String subtract(Op.Subtract op, Node node, List<String> inputs) {
        return write(node, "Sub", inputs);
    }

    @Override
    public String multiply(Op.Multiply op, Node node, List<String> inputs) {
        return write(node, "Mul", inputs);
    }

    @Override
    public String divide(Op.Divide op, Node node, List<String> inputs) {
        return write(node, "Div", inputs);
    }

    @Override
    public String sqrt(Op.Sqrt op, Node node, List<String> inputs) {
        return write(node, "Sqrt", inputs);
    }

    @Override
    public String relu(Op.Relu op, Node node, List<String> inputs) {
        return write(node, "Relu", inputs);
    }

    @Override
    public String tanh(Op.Tanh op, Node node, List<String> inputs) {
        return write(node, "Tanh", inputs);
    }

    @Override
    public String sum(Op.Sum op, Node node, List<String> inputs) {
        if (op.axes().isEmpty()) {
            return write(node, "Identity", inputs);
        }
        String axes = onnx.integers(
                names.of(node) + ".axes",
                op.axes().stream().mapToLong(Integer::longValue).toArray());
        return write(node, "ReduceSum", List.of(inputs.get(0), axes), keepAxes(op.keepAxes()));
    }

    @Override
    public String mean(Op.Mean op, Node node, List<String> inputs) {
        if (op.axes().isEmpty()) {
            return write(node, "Identity", inputs);
        }
        return write(node, "ReduceMean", inputs, integers("axes", op.axes()), keepAxes(op.keepAxes()));
    }

    @Override
    public String reshape(Op.Reshape op, Node node, List<String> inputs) {
        String target = onnx.integers(names.of(node) + ".shape", reshapeTarget(node, op.shape()));
        return write(node, "Reshape", List.of(inputs.get(0), target));
    }

    @Override
    public String transpose(Op.Transpose op, Node node, List<String> inputs) {
        return write(node, "Transpose", inputs, integers("perm", op.permutation()));
    }

    @Override
    public String matMul(Op.MatMul op, Node node, List<String> inputs) {
        return write(node, "MatMul", inputs);
    }

    @Override
    public String linear(Op.Linear op, Node node, List<String> inputs) {
        return write(node, "Gemm", inputs, integer("transB", 1));
    }

    @Override
    public String conv2d(Op.Conv2d op, Node node, List<String> inputs) {
        return write(
                node,
                "Conv",
                inputs,
                extent("kernel_shape", kernel(node)),
                extent("strides", op.stride()),
                pads(op.padding()),
                extent("dilations", op.dilation()),
                integer("group", op.groups()));
    }

    @Override
    public String convTranspose2d(Op.ConvTranspose2d op, Node node, List<String> inputs) {
        return write(
                node,
                "ConvTranspose",
                inputs,
                extent("kernel_shape", kernel(node)),
                extent("strides", op.stride()),
                pads(op.padding()));
    }

    @Override
    public String avgPool2d(Op.AvgPool2d op, Node node, List<String> inputs) {
        return write(node, "AveragePool", inputs, extent("kernel_shape", op.window()), extent("strides", op.window()));
    }

    @Override
    public String upsample2d(Op.Upsample2d op, Node node, List<String> inputs) {
        String scales = onnx.floats(names.of(node) + ".scales", 1, 1, op.factor(), op.factor());
        List<String> arguments = List.of(inputs.get(0), OnnxGraph.ABSENT, scales);
        if (op.interpolation() == Interpolation.NEAREST) {
            return write(
                    node,
                    "Resize",
                    arguments,
                    text("mode", "nearest"),
                    text("coordinate_transformation_mode", "asymmetric"),
                    text("nearest_mode", "floor"));
        }
        return write(
                node,
                "Resize",
                arguments,
                text("mode", "linear"),
                text("coordinate_transformation_mode", "half_pixel"));
    }

    @Override
    public String batchNorm(Op.BatchNorm op, Node node, List<String> inputs) {
        return write(node, "BatchNormalization", inputs, real("epsilon", op.epsilon()));
    }

    @Override
    public String spectralNorm(Op.SpectralNorm op, Node node, List<String> inputs) {
        throw unwritable(node);
    }

    private String write(Node node, String operator, List<String> inputs, AttributeProto... attributes) {
        return onnx.node(names.of(node), operator, inputs, attributes);
    }

    private static IllegalArgumentException unwritable(Node node) {
        return new IllegalArgumentException(
                "a graph must be bound and folded before it is written as onnx, got " + node);
    }

    private static AttributeProto keepAxes(boolean keepAxes) {
        return integer("keepdims", keepAxes ? 1 : 0);
    }

    private static Extent kernel(Node node) {
        Shape weight = node.input(1).shape();
        return new Extent(weight.extent(2), weight.extent(3));
    }

    /** ONNX takes 0 for "as in the input" and one −1 for "whatever is left", so that no batch size is written down. */
    private static long[] reshapeTarget(Node node, Shape shape) {
        Shape from = node.input(0).shape();
        long[] target = new long[shape.rank()];
        int left = 0;
        for (int axis = 0; axis < target.length; axis++) {
            int extent = shape.extent(axis);
            boolean copied = extent < 0 && axis < from.rank() && from.extent(axis) == extent;
            target[axis] = extent > 0 ? extent : copied ? 0 : -1;
            left += target[axis] == -1 ? 1 : 0;
        }
        if (left > 1) {
            throw new IllegalArgumentException(
                    "a reshape for onnx may move one batched axis, got %s to %s".formatted(from, shape));
        }
        return target;
    }
}
