package dev.ganzoo.export.onnx;

import static dev.ganzoo.export.onnx.Attributes.extent;
import static dev.ganzoo.export.onnx.Attributes.integer;
import static dev.ganzoo.export.onnx.Attributes.integers;
import static dev.ganzoo.export.onnx.Attributes.pads;
import static dev.ganzoo.export.onnx.Attributes.real;
import static dev.ganzoo.export.onnx.Attributes.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Interpreter;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Reading;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The reading of a graph as ONNX: each node means the name of a value in the file. */
final class OnnxRules implements Reading<String> {
    private final OnnxGraph onnx;
    private final ValueNames names;

    private OnnxRules(OnnxGraph onnx, ValueNames names) {
        this.onnx = onnx;
        this.names = names;
    }

    static GraphProto write(Graph graph, WeightPrecision weights, SharedConstants shared) {
        OnnxGraph onnx = new OnnxGraph(graph.name(), weights, shared);
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
    public String exp(Op.Exp op, Node node, List<String> inputs) {
        return write(node, "Exp", inputs);
    }

    @Override
    public String log(Op.Log op, Node node, List<String> inputs) {
        return write(node, "Log", inputs);
    }

    @Override
    public String abs(Op.Abs op, Node node, List<String> inputs) {
        return write(node, "Abs", inputs);
    }

    @Override
    public String erf(Op.Erf op, Node node, List<String> inputs) {
        return write(node, "Erf", inputs);
    }

    @Override
    public String sigmoid(Op.Sigmoid op, Node node, List<String> inputs) {
        return write(node, "Sigmoid", inputs);
    }

    @Override
    public String leakyRelu(Op.LeakyRelu op, Node node, List<String> inputs) {
        return write(node, "LeakyRelu", inputs, real("alpha", op.slope()));
    }

    @Override
    public String clip(Op.Clip op, Node node, List<String> inputs) {
        String least = onnx.number(names.of(node) + ".min", op.least());
        String most = onnx.number(names.of(node) + ".max", op.most());
        return write(node, "Clip", List.of(inputs.get(0), least, most));
    }

    @Override
    public String power(Op.Power op, Node node, List<String> inputs) {
        String exponent = onnx.number(names.of(node) + ".exponent", op.exponent());
        return write(node, "Pow", List.of(inputs.get(0), exponent));
    }

    @Override
    public String greater(Op.Greater op, Node node, List<String> inputs) {
        return mask(node, "Greater", inputs);
    }

    @Override
    public String equal(Op.Equal op, Node node, List<String> inputs) {
        return mask(node, "Equal", inputs);
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
    public String max(Op.Max op, Node node, List<String> inputs) {
        if (op.axes().isEmpty()) {
            return write(node, "Identity", inputs);
        }
        return write(node, "ReduceMax", inputs, integers("axes", op.axes()), keepAxes(op.keepAxes()));
    }

    @Override
    public String softmax(Op.Softmax op, Node node, List<String> inputs) {
        return write(node, "Softmax", inputs, integer("axis", op.axis()));
    }

    @Override
    public String logSoftmax(Op.LogSoftmax op, Node node, List<String> inputs) {
        return write(node, "LogSoftmax", inputs, integer("axis", op.axis()));
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
    public String concat(Op.Concat op, Node node, List<String> inputs) {
        return write(node, "Concat", inputs, integer("axis", op.axis()));
    }

    @Override
    public String slice(Op.Slice op, Node node, List<String> inputs) {
        String name = names.of(node);
        long end = op.end() < 0 ? Long.MIN_VALUE : op.end();
        return write(
                node,
                "Slice",
                List.of(
                        inputs.get(0),
                        onnx.integers(name + ".start", op.start()),
                        onnx.integers(name + ".end", end),
                        onnx.integers(name + ".axis", op.axis()),
                        onnx.integers(name + ".step", op.step())));
    }

    @Override
    public String pad(Op.Pad op, Node node, List<String> inputs) {
        long[] pads = Stream.concat(op.before().stream(), op.after().stream())
                .mapToLong(Integer::longValue)
                .toArray();
        String widths = onnx.integers(names.of(node) + ".pads", pads);
        String value = onnx.number(names.of(node) + ".value", op.value());
        return write(node, "Pad", List.of(inputs.get(0), widths, value));
    }

    @Override
    public String expand(Op.Expand op, Node node, List<String> inputs) {
        return stretched(node, inputs.get(0), node.input(0).shape(), inputs);
    }

    /** {@code value} of shape {@code from} at the shape of {@code node}, whose last input has the batch. */
    private String stretched(Node node, String value, Shape from, List<String> inputs) {
        String name = names.of(node);
        List<String> extents = new ArrayList<>();
        Shape to = node.shape();
        int added = to.rank() - from.rank();
        for (int axis = 0; axis < to.rank(); axis++) {
            int extent = to.extent(axis);
            boolean kept = axis >= added && from.extent(axis - added) == extent;
            String part = name + ".shape." + axis;
            extents.add(
                    extent < 0 && !kept ? batch(part, extent, node, inputs) : onnx.integers(part, kept ? 1 : extent));
        }
        String shape = onnx.node(name + ".shape", "Concat", extents, integer("axis", 0));
        return write(node, "Expand", List.of(value, shape));
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
        return TransposedConvolutions.write(onnx, names.of(node), node, inputs)
                .orElseGet(() -> convTranspose(op, node, inputs));
    }

    private String convTranspose(Op.ConvTranspose2d op, Node node, List<String> inputs) {
        return write(
                node,
                "ConvTranspose",
                inputs,
                extent("kernel_shape", kernel(node)),
                extent("strides", op.stride()),
                pads(op.padding()),
                extent("output_padding", op.outputPadding()),
                extent("dilations", op.dilation()),
                integer("group", op.groups()));
    }

    @Override
    public String avgPool2d(Op.AvgPool2d op, Node node, List<String> inputs) {
        return write(
                node,
                "AveragePool",
                inputs,
                extent("kernel_shape", op.window()),
                extent("strides", op.stride()),
                pads(op.padding()),
                integer("count_include_pad", 1));
    }

    @Override
    public String maxPool2d(Op.MaxPool2d op, Node node, List<String> inputs) {
        return write(node, "MaxPool", inputs, pooling(op));
    }

    @Override
    public String maxPool2dGradient(Op.MaxPool2dGradient op, Node node, List<String> inputs) {
        String name = names.of(node);
        String places = onnx.secondOutput(name + ".places", "MaxPool", inputs.subList(0, 1), pooling(op.pool()));
        String all = onnx.integers(name + ".all", -1);
        String flatPlaces = onnx.node(name + ".flat_places", "Reshape", List.of(places, all));
        String gradient = onnx.node(name + ".flat_gradient", "Reshape", List.of(inputs.get(1), all));
        String shape = onnx.node(name + ".shape", "Shape", inputs.subList(0, 1));
        String size = onnx.node(name + ".size", "ReduceProd", List.of(shape), keepAxes(true));
        String zeros = onnx.node(name + ".zeros", "ConstantOfShape", List.of(size));
        String sums = onnx.node(
                name + ".sums",
                "ScatterElements",
                List.of(zeros, flatPlaces, gradient),
                integer("axis", 0),
                text("reduction", "add"));
        return write(node, "Reshape", List.of(sums, shape));
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
    public String layerNorm(Op.LayerNorm op, Node node, List<String> inputs) {
        int axis = node.shape().rank() - node.input(1).shape().rank();
        return write(node, "LayerNormalization", inputs, real("epsilon", op.epsilon()), integer("axis", axis));
    }

    @Override
    public String dropMask(Op.DropMask op, Node node, List<String> inputs) {
        String one = onnx.constant(names.of(node) + ".one", Tensor.of(new float[] {1}, 1));
        return stretched(node, one, Shape.of(1), inputs);
    }

    @Override
    public String spectralNorm(Op.SpectralNorm op, Node node, List<String> inputs) {
        throw unwritable(node);
    }

    private String mask(Node node, String operator, List<String> inputs) {
        String truth = onnx.node(names.of(node) + ".truth", operator, inputs);
        return write(node, "Cast", List.of(truth), integer("to", TensorProto.DataType.FLOAT_VALUE));
    }

    /** The extent {@code extent}, a multiple of the batch, read off the last input of {@code node}. */
    private String batch(String name, int extent, Node node, List<String> inputs) {
        int last = inputs.size() - 1;
        Shape source = node.input(last).shape();
        for (int axis = 0; axis < source.rank(); axis++) {
            if (source.extent(axis) == extent) {
                return onnx.node(
                        name, "Shape", List.of(inputs.get(last)), integer("start", axis), integer("end", axis + 1));
            }
        }
        throw new IllegalArgumentException(
                "an expansion for onnx must take its batch from an input that has it, got %s from %s"
                        .formatted(node.shape(), source));
    }

    private static AttributeProto[] pooling(Op.MaxPool2d op) {
        return new AttributeProto[] {
            extent("kernel_shape", op.window()), extent("strides", op.stride()), pads(op.padding())
        };
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
