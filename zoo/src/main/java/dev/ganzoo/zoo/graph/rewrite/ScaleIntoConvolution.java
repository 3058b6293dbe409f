package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Optional;

/**
 * (W ∗ x + b)·s + t = (s·W) ∗ x + (s·b + t) for a scale and a shift a channel, as a batch norm after a convolution leaves
 * them: two passes over the image less.
 */
public final class ScaleIntoConvolution implements Rule {
    @Override
    public String name() {
        return "scale-into-convolution";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        if (node.op() instanceof Op.Multiply) {
            return Operands.either(node, ScaleIntoConvolution::scale);
        }
        return node.op() instanceof Op.Add ? Operands.either(node, ScaleIntoConvolution::shift) : Optional.empty();
    }

    private static Optional<Node> scale(Node conv, Node scale) {
        if (!isScaled(conv, scale)) {
            return Optional.empty();
        }
        int outputs = conv.shape().extent(1);
        Node weight = conv.input(1).times(scale.reshape(outputs, 1, 1, 1));
        return Optional.of(
                conv.inputs().size() > 2
                        ? Node.apply(
                                conv.op(), conv.input(0), weight, conv.input(2).times(scale.reshape(outputs)))
                        : Node.apply(conv.op(), conv.input(0), weight));
    }

    private static Optional<Node> shift(Node conv, Node shift) {
        if (!isScaled(conv, shift)) {
            return Optional.empty();
        }
        Node bias = shift.reshape(conv.shape().extent(1));
        return Optional.of(Node.apply(
                conv.op(),
                conv.input(0),
                conv.input(1),
                conv.inputs().size() > 2 ? conv.input(2).plus(bias) : bias));
    }

    private static boolean isScaled(Node conv, Node perChannel) {
        if (!(conv.op() instanceof Op.Conv2d) || perChannel.shape().isBatched()) {
            return false;
        }
        int outputs = conv.shape().extent(1);
        return perChannel.shape().equals(Shape.of(outputs, 1, 1))
                || perChannel.shape().equals(Shape.of(1, outputs, 1, 1));
    }
}
