package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.Optional;

/** (x + s) + t = x + (s + t), where s and t are each smaller than x: one pass over x less. */
public final class MergeShifts implements Rule {
    @Override
    public String name() {
        return "merge-shifts";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        return node.op() instanceof Op.Add ? Operands.either(node, MergeShifts::shiftSum) : Optional.empty();
    }

    private static Optional<Node> shiftSum(Node sum, Node outer) {
        return sum.op() instanceof Op.Add
                ? Operands.either(sum, (x, inner) -> merge(x, inner, outer))
                : Optional.empty();
    }

    private static Optional<Node> merge(Node x, Node inner, Node outer) {
        return Operands.isSmaller(inner, x) && Operands.isSmaller(outer, x)
                ? Optional.of(x.plus(inner.plus(outer)))
                : Optional.empty();
    }
}
