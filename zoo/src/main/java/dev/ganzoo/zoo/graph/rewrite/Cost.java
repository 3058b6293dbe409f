package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What evaluating a graph costs, as far as it can be counted.
 *
 * @param nodes operations that depend on an input of the graph; the others are computed once, when the network is loaded
 * @param multiplyAdds of convolutions and matrix products among these nodes, for one image
 * @param bytes of parameters, buffers and constants in float32
 */
public record Cost(int nodes, long multiplyAdds, long bytes) {
    private static final int FLOAT_BYTES = 4;

    /** The cost of a graph. */
    public static Cost of(Graph graph) {
        Set<Node> dependent = Collections.newSetFromMap(new IdentityHashMap<>());
        int nodes = 0;
        long multiplyAdds = 0;
        long bytes = 0;
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.State || node.op() instanceof Op.Constant) {
                bytes += FLOAT_BYTES * count(node.shape());
            } else if (node.op() instanceof Op.Input) {
                dependent.add(node);
            } else if (node.inputs().stream().anyMatch(dependent::contains)) {
                dependent.add(node);
                nodes++;
                multiplyAdds += multiplyAdds(node);
            }
        }
        return new Cost(nodes, multiplyAdds, bytes);
    }

    private static long multiplyAdds(Node node) {
        if (node.op() instanceof Op.Conv2d) {
            Shape weight = node.input(1).shape();
            return count(node.shape()) * (count(weight) / weight.extent(0));
        }
        if (node.op() instanceof Op.ConvTranspose2d) {
            Shape weight = node.input(1).shape();
            return count(node.input(0).shape()) * (count(weight) / weight.extent(0));
        }
        boolean product = node.op() instanceof Op.MatMul || node.op() instanceof Op.Linear;
        return product ? count(node.shape()) * Math.abs(node.input(0).shape().extent(-1)) : 0;
    }

    /** The number of values for a batch of one. */
    private static long count(Shape shape) {
        return Arrays.stream(shape.extents()).mapToLong(Math::abs).reduce(1, Math::multiplyExact);
    }
}
