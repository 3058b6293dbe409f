package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.Optional;

/** (x + t)·g = x·g + t·g, where t and g are each smaller than x: the shift can merge with what is added later. */
public final class ShiftIntoAffine implements Rule {
    @Override
    public String name() {
        return "shift-into-affine";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        return node.op() instanceof Op.Multiply ? Operands.either(node, ShiftIntoAffine::scaleSum) : Optional.empty();
    }

    private static Optional<Node> scaleSum(Node sum, Node gain) {
        return sum.op() instanceof Op.Add
                ? Operands.either(
                        sum,
                        (x, shift) -> Operands.isSmaller(shift, x) && Operands.isSmaller(gain, x)
                                ? Optional.of(x.times(gain).plus(shift.times(gain)))
                                : Optional.empty())
                : Optional.empty();
    }
}
