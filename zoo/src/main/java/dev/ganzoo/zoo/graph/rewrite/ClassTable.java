package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * The pattern of a value looked up per sample and channel: weights (N, K) · a constant table (K, C), perhaps reshaped to
 * (N, C, 1, …).
 *
 * @param weights which rows of the table, and how much of each
 * @param table one row a class
 * @param shape of the value
 */
record ClassTable(Node weights, Node table, Shape shape) {
    /** The pattern if {@code node} is one. */
    static Optional<ClassTable> match(Node node) {
        Node product = node.op() instanceof Op.Reshape ? node.input(0) : node;
        if (!(product.op() instanceof Op.MatMul) || !ConstantFolding.isConstant(product.input(1))) {
            return Optional.empty();
        }
        return node.shape().equals(perChannel(product.shape(), node.shape().rank()))
                ? Optional.of(new ClassTable(product.input(0), product.input(1), node.shape()))
                : Optional.empty();
    }

    /** The number of channels. */
    int channels() {
        return shape.extent(1);
    }

    /** The same lookup in another table, a constant expression of the same shape. */
    Node with(Node otherTable) {
        Node product = weights.matMul(ConstantFolding.valueOf(otherTable));
        return shape.rank() == 2 ? product : product.reshape(shape.extents());
    }

    private static Shape perChannel(Shape product, int rank) {
        int[] extents = new int[Math.max(rank, 2)];
        Arrays.fill(extents, 1);
        extents[0] = product.extent(0);
        extents[1] = product.extent(1);
        return Shape.of(extents);
    }
}
