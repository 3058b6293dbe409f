package dev.ganzoo.training.loss;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.function.BinaryOperator;

/**
 * What is wanted of a classifier's logits.
 *
 * @param name what recipes call it
 * @param source the paper it comes from
 * @param loss logits (N, classes), one-hot rows (N, classes) → a number to minimise
 */
public record ClassificationLoss(String name, String source, BinaryOperator<Node> loss) implements Losses {
    /** The input of the logits in {@link #graph}. */
    public static final String LOGITS = "logits";

    /** The input of the one-hot rows in {@link #graph}. */
    public static final String CLASS_WEIGHTS = "class_weights";

    /** The loss for a number of classes as a graph of the inputs {@link #LOGITS} and {@link #CLASS_WEIGHTS}. */
    public Graph graph(int classes) {
        Shape shape = Shape.of(Shape.N, classes);
        return Graph.of(
                "classifier loss", "loss", loss.apply(Node.input(LOGITS, shape), Node.input(CLASS_WEIGHTS, shape)));
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
