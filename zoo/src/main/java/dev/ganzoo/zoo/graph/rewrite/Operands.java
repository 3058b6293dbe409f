package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;

/** What rules ask of the operands of additions and multiplications. */
final class Operands {
    private Operands() {}

    /** The first answer that {@code rule} gives for the two operands, tried in both orders. */
    static Optional<Node> either(Node commutative, BiFunction<Node, Node, Optional<Node>> rule) {
        Node left = commutative.input(0);
        Node right = commutative.input(1);
        return rule.apply(left, right).or(() -> rule.apply(right, left));
    }

    /** Whether {@code node} stretches to the shape of {@code other}, of which it has only a part. */
    static boolean isSmaller(Node node, Node other) {
        return size(node) < size(other)
                && node.shape().broadcastWith(other.shape()).equals(other.shape());
    }

    private static long size(Node node) {
        return Arrays.stream(node.shape().extents()).mapToLong(Math::abs).reduce(1, (a, b) -> a * b);
    }
}
