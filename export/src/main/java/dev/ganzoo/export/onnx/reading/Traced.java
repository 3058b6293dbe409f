package dev.ganzoo.export.onnx.reading;

import dev.ganzoo.zoo.graph.Node;

/** A value that depends on the image: a node of the graph. Truth values are masks of 0 and 1. */
record Traced(Node node, Kind kind) implements Value {
    static Traced floats(Node node) {
        return new Traced(node, Kind.FLOAT);
    }

    @Override
    public int[] extents() {
        return node.shape().extents();
    }
}
