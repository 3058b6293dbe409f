package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Where in the rows of a value the images of the batch are, and that no operation mixes them.
 *
 * <p>An axis of k·N entries may have k times N of them or N times k: which of the two, a file made for a fixed batch does
 * not say. So for each such axis it is kept how many of its k entries lie outside of the batch.
 */
final class BatchLayout {
    private final Map<Node, Integer> outside = new IdentityHashMap<>();

    /** Keeps the layout of a node just made. */
    void add(Node node) {
        refuseMixing(node);
        int axis = batchAxis(node);
        if (axis < 0) {
            return;
        }
        int own = node.op() instanceof Op.Reshape
                ? afterReshape(node, axis)
                : inherited(node, node.shape().extent(axis));
        if (own != 1) {
            outside.put(node, own);
        }
    }

    /** A node that has the layout of another. */
    void copy(Node from, Node to) {
        Integer own = outside.get(from);
        if (own != null) {
            outside.put(to, own);
        }
    }

    /** How many entries of a value lie outside of the batch: of the axes before it, and of its own axis. */
    long entriesOutside(Node node) {
        int axis = batchAxis(node);
        long before = outside.getOrDefault(node, 1);
        for (int i = 0; i < axis; i++) {
            before *= node.shape().extent(i);
        }
        return before;
    }

    private static int batchAxis(Node node) {
        int found = -1;
        for (int axis = 0; axis < node.shape().rank(); axis++) {
            if (node.shape().extent(axis) < 0) {
                if (found >= 0) {
                    throw mixing(node);
                }
                found = axis;
            }
        }
        return found;
    }

    private int afterReshape(Node node, int axis) {
        long before = entriesOutside(node.input(0));
        for (int i = 0; i < axis; i++) {
            long extent = node.shape().extent(i);
            if (before % extent != 0) {
                throw mixing(node);
            }
            before /= extent;
        }
        if (-node.shape().extent(axis) % before != 0) {
            throw mixing(node);
        }
        return (int) before;
    }

    private int inherited(Node node, int extent) {
        int own = 0;
        for (Node input : node.inputs()) {
            int axis = batchAxis(input);
            if (axis >= 0 && input.shape().extent(axis) == extent) {
                int theirs = outside.getOrDefault(input, 1);
                if (own != 0 && own != theirs) {
                    throw mixing(node);
                }
                own = theirs;
            }
        }
        return Math.max(1, own);
    }

    private static void refuseMixing(Node node) {
        int shared = 1;
        if (node.op() instanceof Op.MatMul) {
            shared = node.input(0).shape().extent(-1);
        } else if (node.op() instanceof Op.Softmax softmax) {
            shared = node.shape().extent(softmax.axis());
        } else if (node.op() instanceof Op.LogSoftmax softmax) {
            shared = node.shape().extent(softmax.axis());
        }
        if (shared < 0) {
            throw mixing(node);
        }
    }

    private static Unsupported mixing(Node node) {
        return new Unsupported("images of a batch must not be mixed, got %s of %s"
                .formatted(
                        node,
                        node.inputs().stream()
                                .map(input -> input.shape().toString())
                                .toList()));
    }
}
