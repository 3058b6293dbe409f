package dev.ganzoo.training.recipe;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * What the two networks want of the discriminator's logits.
 *
 * @param name what recipes call it
 * @param source the paper it comes from
 * @param discriminatorLoss logits of real (N, 1) and of fake images (N, 1) → a number to minimise
 * @param generatorLoss logits of fake images (N, 1) → a number to minimise
 */
public record Objective(
        String name, String source, BinaryOperator<Node> discriminatorLoss, UnaryOperator<Node> generatorLoss)
        implements Losses {
    /** The input of the logits of real images in {@link #discriminatorGraph}. */
    public static final String REAL = "real";

    /** The input of the logits of fake images in both graphs. */
    public static final String FAKE = "fake";

    /** The discriminator's loss as a graph of the inputs {@link #REAL} and {@link #FAKE}. */
    public Graph discriminatorGraph() {
        return Graph.of("discriminator loss", "loss", discriminatorLoss.apply(logits(REAL), logits(FAKE)));
    }

    /** The generator's loss as a graph of the input {@link #FAKE}. */
    public Graph generatorGraph() {
        return Graph.of("generator loss", "loss", generatorLoss.apply(logits(FAKE)));
    }

    private static Node logits(String name) {
        return Node.input(name, Shape.of(Shape.N, 1));
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
