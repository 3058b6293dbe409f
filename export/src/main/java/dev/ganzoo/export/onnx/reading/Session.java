package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ganzoo.export.onnx.OnnxReadException;
import dev.ganzoo.export.onnx.UnsupportedOnnxException.UnsupportedNode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What all graphs of one file share while it is read. */
final class Session {
    private static final int MOST_EMITTED = 4 * Budget.MOST_NODES;

    private final int opset;
    private final Budget budget;
    private final TensorReader tensors;
    private final ImageInput input;
    private final List<UnsupportedNode> unsupported = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final BatchLayout layout = new BatchLayout();
    private int emitted;

    Session(int opset, Budget budget, TensorReader tensors, ImageInput input, Set<String> reserved) {
        this.opset = opset;
        this.budget = budget;
        this.tensors = tensors;
        this.input = input;
        this.names.addAll(reserved);
    }

    int opset() {
        return opset;
    }

    Budget budget() {
        return budget;
    }

    Node image() {
        return input.image();
    }

    int fixedBatch() {
        return input.fixedBatch();
    }

    BatchLayout layout() {
        return layout;
    }

    List<UnsupportedNode> unsupported() {
        return unsupported;
    }

    Known read(TensorProto tensor, String name) {
        return tensors.read(tensor, name);
    }

    void unsupported(NodeProto node, String reason) {
        unsupported.add(
                new UnsupportedNode(Names.of(node), Functions.key(node.getDomain(), node.getOpType()), opset, reason));
    }

    String describe(NodeProto node) {
        return "%s (%s, opset %d)".formatted(Names.of(node), Functions.key(node.getDomain(), node.getOpType()), opset);
    }

    Node emit(Op op, Node... inputs) {
        if (++emitted > MOST_EMITTED) {
            throw new OnnxReadException("a model must need at most %d operations".formatted(MOST_EMITTED));
        }
        Node node = Node.apply(op, inputs);
        if (Budget.product(node.shape().extents()) > Budget.MOST_ELEMENTS) {
            throw new IllegalArgumentException("a value must have at most %d elements for each image, got %s"
                    .formatted(Budget.MOST_ELEMENTS, node.shape()));
        }
        layout.add(node);
        return node;
    }

    /** The node of a result under the name that the file gives it, made unique; one that has a name keeps it. */
    Traced named(Traced value, String name) {
        Node node = value.node();
        if (node.name() != null || node.op() instanceof Op.Constant) {
            return value;
        }
        String unique = name;
        for (int number = 1; !names.add(unique); number++) {
            unique = name + "_" + number;
        }
        Node named = node.named(unique);
        layout.copy(node, named);
        return new Traced(named, value.kind());
    }
}
