package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.Optional;

/** (x·s + t)·g = x·(s·g) + t·g, where s, t and g are each smaller than x: one pass over x less. */
public final class ScaleIntoAffine implements Rule {
    @Override
    public String name() {
        return "scale-into-affine";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        return node.op() instanceof Op.Multiply ? Operands.either(node, ScaleIntoAffine::scaleSum) : Optional.empty();
    }

    private static Optional<Node> scaleSum(Node sum, Node gain) {
        return sum.op() instanceof Op.Add
                ? Operands.either(sum, (product, shift) -> scaleProduct(product, shift, gain))
                : Optional.empty();
    }

    private static Optional<Node> scaleProduct(Node product, Node shift, Node gain) {
        return product.op() instanceof Op.Multiply
                ? Operands.either(product, (x, scale) -> scale(x, scale, shift, gain))
                : Optional.empty();
    }

    private static Optional<Node> scale(Node x, Node scale, Node shift, Node gain) {
        boolean smaller = Operands.isSmaller(scale, x) && Operands.isSmaller(shift, x) && Operands.isSmaller(gain, x);
        return smaller ? Optional.of(x.times(scale.times(gain)).plus(shift.times(gain))) : Optional.empty();
    }
}
