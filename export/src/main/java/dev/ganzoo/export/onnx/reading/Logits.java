package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.export.onnx.Ending;
import dev.ganzoo.export.onnx.OnnxReadException;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The output of a classifier as logits.
 *
 * @param node (N, K)
 * @param leftOut what the file does with them
 */
record Logits(Node node, Ending leftOut) {
    /** {@code value} without axes of extent 1, and without the softmax that ends it if there is one and it may go. */
    static Logits of(Value value, String output, boolean softmaxKept, List<String> notes) {
        if (!(value instanceof Traced traced) || traced.kind() != Kind.FLOAT) {
            throw new OnnxReadException("output \"%s\" must be numbers computed from the image".formatted(output));
        }
        Node node = traced.node();
        int classes = classes(node.shape(), output);
        Node end = node;
        while (end.op() instanceof Op.Reshape && isList(end.input(0).shape(), classes)) {
            end = end.input(0);
        }
        boolean probabilities =
                end.op() instanceof Op.Softmax softmax && end.shape().extent(softmax.axis()) == classes;
        boolean logarithms =
                end.op() instanceof Op.LogSoftmax last && end.shape().extent(last.axis()) == classes;
        Ending leftOut = Ending.NONE;
        if (probabilities || logarithms) {
            String name = logarithms ? "log-softmax" : "softmax";
            if (softmaxKept) {
                notes.add("output \"%s\" ends with a %s, which is kept: what is called logits are %sprobabilities"
                        .formatted(output, name, logarithms ? "log-" : ""));
            } else {
                notes.add("output \"%s\" ends with a %s, which is left out: the logits are its input"
                        .formatted(output, name));
                node = end.input(0);
                leftOut = logarithms ? Ending.LOG_SOFTMAX : Ending.SOFTMAX;
            }
        }
        if (node.shape().rank() != 2) {
            notes.add("output \"%s\" %s is read as (N, %d)".formatted(output, node.shape(), classes));
            node = Node.apply(new Op.Reshape(Shape.of(Shape.N, classes)), node);
        }
        return new Logits(node, leftOut);
    }

    private static int classes(Shape shape, String output) {
        int classes = shape.rank() < 2 ? 0 : (int) Budget.product(Arrays.copyOfRange(shape.extents(), 1, shape.rank()));
        if (classes == 0 || !isList(shape, classes)) {
            throw new OnnxReadException("output \"%s\" must be one list of numbers for each image, (N, K), got %s"
                    .formatted(output, shape));
        }
        return classes;
    }

    /** Whether a shape is (N, K), perhaps with axes of extent 1 behind N. */
    private static boolean isList(Shape shape, int classes) {
        if (shape.rank() < 2 || shape.extent(0) != Shape.N) {
            return false;
        }
        long others = 0;
        for (int axis = 1; axis < shape.rank(); axis++) {
            if (shape.extent(axis) < 0) {
                return false;
            }
            others += shape.extent(axis) == 1 ? 0 : 1;
        }
        return others <= 1 && Budget.product(shape.extents()) == classes;
    }
}
