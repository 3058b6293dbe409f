package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages ONNX files: bytes as disks and networks do, messages as an attacker would. One seed, one damage. */
final class Mutations {
    private static final long[] EXTREMES = {
        0,
        1,
        2,
        3,
        -1,
        -2,
        7,
        127,
        255,
        65535,
        65536,
        1 << 20,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final Random random;

    private Mutations(long seed) {
        this.random = new Random(seed);
    }

    static byte[] mutate(byte[] file, long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        if (seed % 3 == 0) {
            return mutations.bytes(file);
        }
        ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
        int count = 1 + mutations.random.nextInt(3);
        for (int i = 0; i < count; i++) {
            mutations.message(model);
        }
        return model.build().toByteArray();
    }

    private byte[] bytes(byte[] file) {
        byte[] damaged = file.clone();
        switch (random.nextInt(6)) {
            case 0 -> {
                return Arrays.copyOf(file, random.nextInt(file.length));
            }
            case 1 -> {
                for (int i = 0; i <= random.nextInt(8); i++) {
                    damaged[place(file)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> {
                for (int i = place(file), end = Math.min(file.length, i + 12); i < end; i++) {
                    damaged[i] = (byte) random.nextInt();
                }
            }
            case 3 -> Arrays.fill(damaged, place(file), damaged.length, (byte) 0xff);
            case 4 -> {
                // As a length: the longest that one, two or five bytes can say.
                int at = place(file);
                int width = new int[] {1, 2, 5}[random.nextInt(3)];
                for (int i = at; i < Math.min(at + width, file.length); i++) {
                    damaged[i] = (byte) (i == at + width - 1 ? 0x7f : 0xff);
                }
            }
            default -> {
                int from = random.nextInt(file.length);
                int length = Math.min(random.nextInt(200), file.length - from);
                byte[] doubled = Arrays.copyOf(file, file.length + length);
                System.arraycopy(file, from, doubled, from + length, file.length - from);
                return doubled;
            }
        }
        return damaged;
    }

    /** More often near the ends, where the structure is; weights lie between. */
    private int place(byte[] file) {
        int window = Math.min(file.length, 4096);
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(window);
            case 1 -> file.length - 1 - random.nextInt(window);
            default -> random.nextInt(file.length);
        };
    }

    private void message(ModelProto.Builder model) {
        GraphProto.Builder graph = model.getGraphBuilder();
        if (graph.getNodeCount() < 2 || graph.getInputCount() == 0) {
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> swapInputs(graph);
            case 1 -> rewire(graph);
            case 2 -> node(graph).setOpType(operator());
            case 3, 4, 5 -> attribute(node(graph));
            case 6, 7 -> tensor(graph);
            case 8 -> integers(graph);
            case 9 -> input(graph);
            case 10 -> order(graph);
            default -> whole(model);
        }
    }

    private NodeProto.Builder node(GraphProto.Builder graph) {
        return graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
    }

    private long extreme() {
        return random.nextInt(4) == 0 ? random.nextInt(200) - 100 : EXTREMES[random.nextInt(EXTREMES.length)];
    }

    private String operator() {
        List<String> names = OperatorTable.all().stream().map(Operator::name).toList();
        return names.get(random.nextInt(names.size()));
    }

    private void swapInputs(GraphProto.Builder graph) {
        NodeProto.Builder node = node(graph);
        List<String> inputs = new ArrayList<>(node.getInputList());
        Collections.shuffle(inputs, random);
        node.clearInput().addAllInput(inputs);
    }

    private void rewire(GraphProto.Builder graph) {
        NodeProto.Builder node = node(graph);
        List<String> names = new ArrayList<>();
        graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
        graph.getNodeList().forEach(other -> names.addAll(other.getOutputList()));
        names.add("");
        names.add("x");
        String name = names.get(random.nextInt(names.size()));
        if (node.getInputCount() > 0 && random.nextInt(4) > 0) {
            node.setInput(random.nextInt(node.getInputCount()), name);
        } else if (random.nextBoolean()) {
            node.addInput(name);
        } else if (node.getOutputCount() > 0) {
            node.setOutput(random.nextInt(node.getOutputCount()), name);
        }
    }

    private void attribute(NodeProto.Builder node) {
        if (node.getAttributeCount() == 0) {
            node.addAttribute(
                    TinyModel.i(new String[] {"axis", "group", "to", "keepdims"}[random.nextInt(4)], extreme()));
            return;
        }
        AttributeProto.Builder attribute = node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
        switch (random.nextInt(5)) {
            case 0 -> attribute.setType(AttributeType.forNumber(random.nextInt(11)));
            case 1 -> node.addAttribute(attribute.build());
            case 2 -> node.clearAttribute();
            default -> {
                attribute.setI(extreme()).setF((float) extreme());
                if (attribute.getIntsCount() > 0) {
                    attribute.setInts(random.nextInt(attribute.getIntsCount()), extreme());
                }
                if (random.nextInt(4) == 0) {
                    attribute.addInts(extreme());
                }
            }
        }
    }

    private void tensor(GraphProto.Builder graph) {
        if (graph.getInitializerCount() == 0) {
            return;
        }
        TensorProto.Builder tensor = graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
        switch (random.nextInt(5)) {
            case 0 -> tensor.addDims(extreme());
            case 1 -> tensor.setDataType(random.nextInt(24));
            case 2 ->
                tensor.setRawData(tensor.getRawData()
                        .substring(random.nextInt(tensor.getRawData().size() + 1)));
            case 3 -> tensor.setDataLocation(DataLocation.EXTERNAL);
            default -> {
                if (tensor.getDimsCount() > 0) {
                    tensor.setDims(random.nextInt(tensor.getDimsCount()), extreme());
                }
            }
        }
    }

    /** A number of those that shapes are made from. */
    private void integers(GraphProto.Builder graph) {
        for (int tries = 0; tries < 20; tries++) {
            NodeProto.Builder node = node(graph);
            for (int i = 0; i < node.getAttributeCount(); i++) {
                if (node.getAttribute(i).hasT()) {
                    integer(node.getAttributeBuilder(i).getTBuilder());
                }
            }
            if (graph.getInitializerCount() > 0) {
                integer(graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount())));
            }
        }
    }

    private void integer(TensorProto.Builder tensor) {
        if (tensor.getDataType() != DataType.INT64_VALUE || random.nextBoolean()) {
            return;
        }
        if (tensor.getInt64DataCount() > 0) {
            tensor.setInt64Data(random.nextInt(tensor.getInt64DataCount()), extreme());
        } else if (tensor.getRawData().size() >= Long.BYTES) {
            byte[] data = tensor.getRawData().toByteArray();
            int at = random.nextInt(data.length / Long.BYTES) * Long.BYTES;
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putLong(at, extreme());
            tensor.setRawData(ByteString.copyFrom(data));
        }
    }

    private void input(GraphProto.Builder graph) {
        TensorShapeProto.Builder shape =
                graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        if (shape.getDimCount() > 0 && random.nextInt(5) > 0) {
            shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(extreme());
        } else {
            shape.addDimBuilder().setDimValue(extreme());
        }
    }

    private void order(GraphProto.Builder graph) {
        List<NodeProto> nodes = new ArrayList<>(graph.getNodeList());
        switch (random.nextInt(3)) {
            case 0 -> Collections.swap(nodes, random.nextInt(nodes.size()), random.nextInt(nodes.size()));
            case 1 -> nodes.remove(random.nextInt(nodes.size()));
            default -> nodes.add(nodes.get(random.nextInt(nodes.size())));
        }
        graph.clearNode().addAllNode(nodes);
    }

    private void whole(ModelProto.Builder model) {
        switch (random.nextInt(3)) {
            case 0 ->
                model.getOpsetImportBuilder(0).setVersion(random.nextInt(2) == 0 ? 7 + random.nextInt(17) : extreme());
            case 1 -> model.getGraphBuilder().clearOutput();
            default -> model.getGraphBuilder().clearInput();
        }
    }
}
