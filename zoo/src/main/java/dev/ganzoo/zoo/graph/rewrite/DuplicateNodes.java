package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same operation on the same inputs is computed once, and equal constants are kept once. Nodes that no output needs are
 * never part of a graph.
 *
 * <p>Left alone is what training computes in passing: two batch norms of one input move their statistics twice.
 */
public final class DuplicateNodes implements Rule {
    private final Map<Key, Node> first = new HashMap<>();

    @Override
    public String name() {
        return "duplicate-nodes";
    }

    @Override
    public Rule forOnePass() {
        return new DuplicateNodes();
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        if (node.op() instanceof Op.BatchNorm || node.op() instanceof Op.SpectralNorm) {
            return Optional.empty();
        }
        Node earlier = first.putIfAbsent(new Key(node.op(), node.inputs(), node.shape()), node);
        return Optional.ofNullable(earlier);
    }

    /** Nodes are compared by identity, so that inputs are the same only if they are one node. */
    private record Key(Op op, List<Node> inputs, Shape shape) {}
}
