package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.Optional;

/** Dropout in evaluation: x times a mask of ones = x. */
public final class DropoutAsIdentity implements Rule {
    @Override
    public String name() {
        return "dropout-as-identity";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        return node.op() instanceof Op.Multiply
                ? Operands.either(
                        node,
                        (x, mask) ->
                                mask.op() instanceof Op.DropMask && x.shape().equals(node.shape())
                                        ? Optional.of(x)
                                        : Optional.empty())
                : Optional.empty();
    }
}
