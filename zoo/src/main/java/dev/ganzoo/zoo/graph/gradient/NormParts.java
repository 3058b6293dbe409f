package dev.ganzoo.zoo.graph.gradient;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.rewrite.Rule;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The arithmetic of normalisation to a mean of 0 and a variance of 1.
 *
 * @param mean over all that is normalised together
 * @param scale one over the standard deviation
 * @param normal what is normalised, before gain and bias
 */
public record NormParts(Op mean, Node scale, Node normal) {
    /** Those of a layer norm, whose operation is {@code op}. */
    static NormParts of(Op.LayerNorm op, Node node) {
        Node x = node.input(0);
        int outer = x.shape().rank() - node.input(1).shape().rank();
        return of(x, IntStream.range(outer, x.shape().rank()), op.epsilon());
    }

    /** Those of a batch norm in training, whose operation is {@code op}. */
    static NormParts of(Op.BatchNorm op, Node node) {
        Node x = node.input(0);
        return of(x, IntStream.range(0, x.shape().rank()).filter(axis -> axis != 1), op.epsilon());
    }

    private static NormParts of(Node x, IntStream axes, double epsilon) {
        Op mean = new Op.Mean(axes.boxed().toList(), true);
        Node centred = x.minus(Node.apply(mean, x));
        Node variance = Node.apply(mean, centred.times(centred));
        Node scale =
                Node.constant(1).dividedBy(variance.plus(Node.constant(epsilon)).sqrt());
        return new NormParts(mean, scale, centred.times(scale));
    }

    /** The gradient of what is normalised, for that {@code g} of the normal: scale · (g − mean g − normal · mean(g · normal)). */
    Node gradient(Node g) {
        Node along = normal.times(Node.apply(mean, g.times(normal)));
        return g.minus(Node.apply(mean, g)).minus(along).times(scale);
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
