package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.random.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Writes small ONNX models by hand, as exporters of all ages do. Names of inputs are separated by spaces. */
final class TinyModel {
    /** In the list of a node's inputs, one that is left out. */
    static final String ABSENT = "_";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    private final ModelProto.Builder model =
            ModelProto.newBuilder().setIrVersion(8).setProducerName("test");
    private int nodes;
    private int weights;

    private TinyModel(int opset) {
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    }

    /** A model with input x (N, 3, 8, 8). */
    static TinyModel of(int opset) {
        return of(opset, -1, 3, 8, 8);
    }

    /** A model with input x of {@code extents}, a negative one being the batch. */
    static TinyModel of(int opset, int... extents) {
        TinyModel tiny = new TinyModel(opset);
        tiny.graph.addInput(value("x", DataType.FLOAT, extents));
        return tiny;
    }

    static ValueInfoProto value(String name, DataType type, int... extents) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int extent : extents) {
            if (extent < 0) {
                shape.addDimBuilder().setDimParam("batch");
            } else {
                shape.addDimBuilder().setDimValue(extent);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    GraphProto.Builder graph() {
        return graph;
    }

    /** An initialiser of random numbers around 0. */
    TinyModel weight(String name, int... shape) {
        float[] data = Init.normal(0, 0.5)
                .sample(shape, Randomness.of(7).at(++weights))
                .data();
        graph.addInitializer(floats(name, data, shape));
        return this;
    }

    /** An initialiser of positive random numbers. */
    TinyModel positive(String name, int... shape) {
        float[] data = Init.normal(0, 0.5)
                .sample(shape, Randomness.of(7).at(++weights))
                .data()
                .clone();
        for (int i = 0; i < data.length; i++) {
            data[i] = Math.abs(data[i]) + 0.5f;
        }
        graph.addInitializer(floats(name, data, shape));
        return this;
    }

    TinyModel numbers(String name, double... values) {
        graph.addInitializer(floats(name, narrow(values), values.length));
        return this;
    }

    TinyModel number(String name, double value) {
        graph.addInitializer(floats(name, new float[] {(float) value}));
        return this;
    }

    TinyModel integers(String name, long... values) {
        graph.addInitializer(longs(values).setName(name).addDims(values.length));
        return this;
    }

    TinyModel integer(String name, long value) {
        graph.addInitializer(longs(value).setName(name));
        return this;
    }

    TinyModel initializer(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    TinyModel node(String operator, String inputs, String outputs, AttributeProto... attributes) {
        graph.addNode(nodeProto(operator, inputs, outputs, attributes).setName(operator + "_" + nodes++));
        return this;
    }

    static NodeProto.Builder nodeProto(String operator, String inputs, String outputs, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(names(inputs))
                .addAllOutput(names(outputs))
                .addAllAttribute(List.of(attributes));
    }

    private static List<String> names(String list) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(" "))
                        .map(name -> name.equals(ABSENT) ? "" : name)
                        .toList();
    }

    TinyModel function(FunctionProto function) {
        model.addFunctions(function);
        model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(function.getDomain()).setVersion(1));
        return this;
    }

    /** Everything behind the batch in one axis: the output logits. */
    TinyModel flattened(String last) {
        node("Flatten", last, "logits");
        return output("logits", -1, -1);
    }

    TinyModel output(String name, int... extents) {
        graph.addOutput(value(name, DataType.FLOAT, extents));
        return this;
    }

    ModelProto.Builder model() {
        return model;
    }

    byte[] bytes() {
        return model.setGraph(graph).build().toByteArray();
    }

    Path write(Path folder) throws IOException {
        return Files.write(folder.resolve("tiny.onnx"), bytes());
    }

    static TensorProto floats(String name, float[] data, int... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT_VALUE);
        Arrays.stream(shape).forEach(tensor::addDims);
        for (float value : data) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    private static TensorProto.Builder longs(long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(DataType.INT64_VALUE);
        Arrays.stream(values).forEach(tensor::addInt64Data);
        return tensor;
    }

    private static float[] narrow(double... values) {
        float[] data = new float[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) values[i];
        }
        return data;
    }

    static AttributeProto integer(String name, AttributeType type, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(type)
                .setI(value)
                .build();
    }

    static AttributeProto i(String name, long value) {
        return integer(name, AttributeType.INT, value);
    }

    static AttributeProto is(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    static AttributeProto f(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static AttributeProto fs(String name, double... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
        for (float value : narrow(values)) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    static AttributeProto s(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto t(String name, TensorProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    static AttributeProto g(String name, GraphProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.GRAPH)
                .setG(value)
                .build();
    }
}
