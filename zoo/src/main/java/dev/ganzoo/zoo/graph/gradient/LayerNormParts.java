package dev.ganzoo.zoo.graph.gradient;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.rewrite.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The arithmetic of a layer norm.
 *
 * @param mean over all that is normalised
 * @param scale one over the standard deviation
 * @param normal what is normalised, before gain and bias
 */
public record LayerNormParts(Op mean, Node scale, Node normal) {
    /** Those of {@code node}, whose operation is {@code op}. */
    static LayerNormParts of(Op.LayerNorm op, Node node) {
        Node x = node.input(0);
        int outer = x.shape().rank() - node.input(1).shape().rank();
        List<Integer> axes = IntStream.range(outer, x.shape().rank()).boxed().toList();
        Op mean = new Op.Mean(axes, true);
        Node centred = x.minus(Node.apply(mean, x));
        Node variance = Node.apply(mean, centred.times(centred));
        Node scale = Node.constant(1)
                .dividedBy(variance.plus(Node.constant(op.epsilon())).sqrt());
        return new LayerNormParts(mean, scale, centred.times(scale));
    }

    /** Layer norms written out: in a graph with gradients most of it is there already, as a duplicate. */
    public static Rule writtenOut() {
        return Rule.named(
                "layer-norm-as-arithmetic",
                node -> node.op() instanceof Op.LayerNorm op
                        ? Optional.of(of(op, node).normal().times(node.input(1)).plus(node.input(2)))
                        : Optional.empty());
    }
}
