package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a trained network into a fixed one. */
public final class Weights {
    private Weights() {}

    /**
     * {@code graph} with every parameter and buffer replaced by a constant of its value.
     *
     * @param values a value for each parameter and buffer by name; others are ignored
     * @throws IllegalArgumentException if a value is missing or of another shape
     */
    public static Graph bind(Graph graph, Map<String, Tensor> values) {
        return Rewriter.with(List.of(new Binding(values))).rewrite(graph);
    }

    private record Binding(Map<String, Tensor> values) implements Rule {
        @Override
        public String name() {
            return "weights";
        }

        @Override
        public Optional<Node> rewrite(Node node) {
            return node.op() instanceof Op.State
                    ? Optional.of(Node.constant(valueOf(node)).named(node.name()))
                    : Optional.empty();
        }

        private Tensor valueOf(Node leaf) {
            Tensor value = values.get(leaf.name());
            if (value == null) {
                throw new IllegalArgumentException("no value for %s %s of shape %s; given: %s"
                        .formatted(leaf.op().mnemonic(), leaf.name(), leaf.shape(), values.keySet()));
            }
            if (!Arrays.equals(value.shape(), leaf.shape().extents())) {
                throw new IllegalArgumentException("value of %s %s: shape must be %s, got %s"
                        .formatted(leaf.op().mnemonic(), leaf.name(), leaf.shape(), Arrays.toString(value.shape())));
            }
            return value;
        }
    }
}
