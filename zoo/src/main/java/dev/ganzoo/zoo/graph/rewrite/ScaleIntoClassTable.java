package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Arrays;
import java.util.Optional;

/** (w·G)·s = w·(G·s) for a constant table G and a constant s per channel. */
public final class ScaleIntoClassTable implements Rule {
    @Override
    public String name() {
        return "scale-into-class-table";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        return node.op() instanceof Op.Multiply
                ? Operands.either(
                        node,
                        (looked, scale) -> ClassTable.match(looked)
                                .filter(lookup -> isPerChannel(scale, lookup.shape()))
                                .map(lookup -> lookup.with(lookup.table().times(scale.reshape(1, lookup.channels())))))
                : Optional.empty();
    }

    private static boolean isPerChannel(Node scale, Shape lookup) {
        int[] extents = new int[lookup.rank()];
        Arrays.fill(extents, 1);
        extents[1] = lookup.extent(1);
        return ConstantFolding.isConstant(scale) && scale.shape().equals(Shape.of(extents));
    }
}
