package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * In evaluation, with everything but x constant: batch norm of x = x·s + t, where s = gain / √(variance + ε) and
 * t = bias − mean·s.
 */
public final class BatchNormAsAffine implements Rule {
    @Override
    public String name() {
        return "batch-norm-as-affine";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        List<Node> inputs = node.inputs();
        if (!(node.op() instanceof Op.BatchNorm op)
                || !inputs.subList(1, inputs.size()).stream().allMatch(ConstantFolding::isConstant)) {
            return Optional.empty();
        }
        Node x = inputs.get(0);
        Node scale = inputs.get(1)
                .dividedBy(inputs.get(4).plus(Node.constant(op.epsilon())).sqrt());
        Node shift = inputs.get(2).minus(inputs.get(3).times(scale));
        return Optional.of(x.times(perChannel(scale, x.shape())).plus(perChannel(shift, x.shape())));
    }

    private static Node perChannel(Node value, Shape x) {
        int[] extents = new int[x.rank()];
        Arrays.fill(extents, 1);
        extents[1] = x.extent(1);
        return ConstantFolding.valueOf(value.reshape(extents));
    }
}
