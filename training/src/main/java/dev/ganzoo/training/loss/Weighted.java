package dev.ganzoo.training.loss;

import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sums of weighted losses, in which a loss of weight zero is not even built. */
final class Weighted {
    private Weighted() {}

    /** {@code weight} · loss, or nothing if the weight is zero. */
    static Optional<Node> of(double weight, Supplier<Node> loss) {
        if (weight == 0) {
            return Optional.empty();
        }
        return Optional.of(weight == 1 ? loss.get() : loss.get().times(Node.constant(weight)));
    }

    /** The sum of those that are there, or nothing. */
    @SafeVarargs
    static Optional<Node> sum(Optional<Node>... losses) {
        return Stream.of(losses).flatMap(Optional::stream).reduce(Node::plus);
    }
}
