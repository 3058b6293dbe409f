package dev.ganzoo.export.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An ONNX graph being written. Every value passes through {@link #define}, every use through {@link #node}. */
final class OnnxGraph {
    /** In ONNX, the name of an input that is left out. */
    static final String ABSENT = "";

    /** Casting costs a node, which a constant must be worth. */
    private static final int LEAST_HALF_SIZE = 256;

    private final GraphProto.Builder graph;
    private final WeightPrecision weights;
    private final SharedConstants shared;
    private final Set<String> defined = new HashSet<>();

    /** With large constants in {@code shared}, unless that is null. */
    OnnxGraph(String name, WeightPrecision weights, SharedConstants shared) {
        this.graph = GraphProto.newBuilder().setName(name);
        this.weights = weights;
        this.shared = shared;
    }

    /** A value given at each run. */
    String input(String name, Shape shape) {
        graph.addInput(floats(name, shape));
        return define(name);
    }

    /** A value that is handed out; it must be defined under this very name. */
    void output(String name, Shape shape) {
        graph.addOutput(floats(name, shape));
    }

    /** A constant. */
    String constant(String name, Tensor value) {
        if (shared != null && value.size() >= SharedConstants.LEAST_SIZE) {
            return external(name, value);
        }
        if (weights == WeightPrecision.FP16 && value.size() >= LEAST_HALF_SIZE && Half.canHold(value.data())) {
            String half = name + ".fp16";
            graph.addInitializer(
                    tensor(half, TensorProto.DataType.FLOAT16, value.shape()).setRawData(Half.bytes(value.data())));
            define(half);
            return node(name, "Cast", List.of(half), Attributes.integer("to", TensorProto.DataType.FLOAT_VALUE));
        }
        graph.addInitializer(
                tensor(name, TensorProto.DataType.FLOAT, value.shape()).setRawData(RawData.floats(value.data())));
        return define(name);
    }

    private String external(String name, Tensor value) {
        boolean half = weights == WeightPrecision.FP16 && Half.canHold(value.data());
        TensorProto.DataType type = half ? TensorProto.DataType.FLOAT16 : TensorProto.DataType.FLOAT;
        String kept = shared.add(name, value, weights);
        if (defined.contains(kept)) {
            return half ? kept + ".fp32" : kept;
        }
        graph.addInitializer(tensor(kept, type, value.shape()).setDataLocation(TensorProto.DataLocation.EXTERNAL));
        define(kept);
        return half
                ? node(
                        kept + ".fp32",
                        "Cast",
                        List.of(kept),
                        Attributes.integer("to", TensorProto.DataType.FLOAT_VALUE))
                : kept;
    }

    /** A constant list of whole numbers, as shapes and axes are. */
    String integers(String name, long... values) {
        graph.addInitializer(
                tensor(name, TensorProto.DataType.INT64, values.length).setRawData(RawData.longs(values)));
        return define(name);
    }

    /** A constant list of numbers that is stored in float32 whatever the precision of weights. */
    String floats(String name, float... values) {
        graph.addInitializer(
                tensor(name, TensorProto.DataType.FLOAT, values.length).setRawData(RawData.floats(values)));
        return define(name);
    }

    /** A constant number that is stored in float32 whatever the precision of weights. */
    String number(String name, double value) {
        graph.addInitializer(
                tensor(name, TensorProto.DataType.FLOAT).setRawData(RawData.floats(new float[] {(float) value})));
        return define(name);
    }

    /** The result of an operator, called {@code name}. */
    String node(String name, String operator, List<String> inputs, AttributeProto... attributes) {
        return node(name, operator, inputs, List.of(name), attributes);
    }

    /** The second result of an operator, called {@code name}; the first is not used. */
    String secondOutput(String name, String operator, List<String> inputs, AttributeProto... attributes) {
        return node(name, operator, inputs, List.of(define(name + ".unused"), name), attributes);
    }

    private String node(
            String name, String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        for (String input : inputs) {
            if (!input.equals(ABSENT) && !defined.contains(input)) {
                throw new IllegalStateException(
                        "inputs of %s (%s) must be defined before it, got %s".formatted(name, operator, input));
            }
        }
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return define(name);
    }

    GraphProto build() {
        return graph.build();
    }

    private String define(String name) {
        if (!defined.add(name)) {
            throw new IllegalStateException(
                    "values must have names of their own, \"%s\" is given twice".formatted(name));
        }
        return name;
    }

    private static TensorProto.Builder tensor(String name, TensorProto.DataType type, int... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (int extent : shape) {
            tensor.addDims(extent);
        }
        return tensor;
    }

    private static ValueInfoProto floats(String name, Shape shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int extent : shape.extents()) {
            TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
            if (extent < 0) {
                dimension.setDimParam(extent == Shape.N ? "N" : -extent + "N");
            } else {
                dimension.setDimValue(extent);
            }
        }
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(dimensions)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
