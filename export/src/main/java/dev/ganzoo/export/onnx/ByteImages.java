package dev.ganzoo.export.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.runtime.GeneratorSession;
import java.util.Collections;
import java.util.List;

/**
 * Rewrites the file of a generator so that it takes labels in place of class weights and gives bytes in place of floats.
 *
 * <p>Inputs, in this order: {@code z} float32 (N, latent), and {@code labels} int64 (N) if it knows classes. Output:
 * {@code image_bytes} uint8 (N, 3, H, W), grey ones with three equal channels. A byte is computed in double as
 * {@link Pixels#fromFloat} does it: floor((x + 1) · 127.5 + 0.5), clamped to 0..255.
 */
public final class ByteImages {
    /** The input of classes. */
    public static final String LABELS = "labels";
    /** The output. */
    public static final String IMAGES = "image_bytes";

    private static final int COLOURS = 3;

    private final ModelCard card;
    private final GraphProto.Builder graph;

    private ByteImages(ModelCard card, GraphProto.Builder graph) {
        this.card = card;
        this.graph = graph;
    }

    /**
     * The content of the rewritten file; large constants are in it.
     *
     * @param generator the content of a package's {@code generator.onnx}, which was checked
     * @param card what it is
     * @throws IllegalArgumentException if it is no ONNX file
     */
    public static byte[] of(byte[] generator, ModelCard card) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(generator).toBuilder();
            var rewriting = new ByteImages(card, model.getGraphBuilder());
            rewriting.inputs();
            rewriting.output();
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("generator must be an onnx file: " + e.getMessage(), e);
        }
    }

    private void inputs() {
        graph.clearInput()
                .addInput(value(
                        GeneratorSession.LATENTS, DataType.FLOAT, card.latent().size()));
        if (!card.conditional()) {
            return;
        }
        graph.addInput(value(LABELS, DataType.INT64));
        graph.addInitializer(
                tensor("classes", DataType.INT64).addInt64Data(card.labels().size()));
        graph.addInitializer(
                tensor("off_on", DataType.FLOAT).addDims(2).addFloatData(0).addFloatData(1));
        // Before all others, since nodes must be in an order in which each finds its inputs made.
        graph.addNode(
                0,
                node("OneHot", List.of(LABELS, own("classes"), own("off_on")), GeneratorSession.CLASS_WEIGHTS)
                        .addAttribute(Attributes.integer("axis", -1)));
    }

    private void output() {
        String last = GeneratorSession.IMAGES;
        last = cast(last, "double", DataType.DOUBLE);
        last = add("Add", "shifted", last, number("one", 1));
        last = add("Mul", "scaled", last, number("scale", 127.5));
        last = add("Add", "raised", last, number("half", 0.5));
        last = add("Floor", "whole", last);
        last = add("Clip", "clamped", last, number("least", 0), number("most", 255));
        last = cast(last, "byte", DataType.UINT8);
        // One copy only names the value.
        graph.addNode(node("Concat", Collections.nCopies(COLOURS / card.image().channels(), last), IMAGES)
                .addAttribute(Attributes.integer("axis", 1)));
        graph.clearOutput()
                .addOutput(value(
                        IMAGES,
                        DataType.UINT8,
                        COLOURS,
                        card.image().height(),
                        card.image().width()));
    }

    private String add(String operator, String name, String... inputs) {
        graph.addNode(node(operator, List.of(inputs), own(name)));
        return own(name);
    }

    private String cast(String input, String name, DataType type) {
        graph.addNode(node("Cast", List.of(input), own(name)).addAttribute(Attributes.integer("to", type.getNumber())));
        return own(name);
    }

    private String number(String name, double value) {
        graph.addInitializer(tensor(name, DataType.DOUBLE).addDoubleData(value));
        return own(name);
    }

    /** A name that no network of ours has. */
    private static String own(String name) {
        return "bytes." + name;
    }

    private static NodeProto.Builder node(String operator, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output);
    }

    private static TensorProto.Builder tensor(String name, DataType type) {
        return TensorProto.newBuilder().setName(own(name)).setDataType(type.getNumber());
    }

    private static ValueInfoProto value(String name, DataType type, int... extents) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("N");
        for (int extent : extents) {
            shape.addDimBuilder().setDimValue(extent);
        }
        var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
