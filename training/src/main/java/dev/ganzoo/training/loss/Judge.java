package dev.ganzoo.training.loss;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The discriminator as a loss sees it: what it says of some {@link View}s, each answer an input of the loss. Whatever a loss
 * asks for, the step computes, once.
 *
 * <p>Not thread-safe; lives while one {@link Aim} is put together.
 */
public final class Judge {
    private final Graph discriminator;
    private final int classes;
    private final List<Node> parameters;
    private final Map<View, Verdict> verdicts = new LinkedHashMap<>();

    /** A judge of nothing yet; {@code parameters} are those of the network that the loss is for. */
    Judge(Graph discriminator, int classes, List<Node> parameters) {
        this.discriminator = discriminator;
        this.classes = classes;
        this.parameters = List.copyOf(parameters);
    }

    /** What the discriminator says of these images; the same for the same view, however many ask. */
    public Verdict on(View view) {
        return verdicts.computeIfAbsent(view, asked -> new Verdict(asked, discriminator, classes));
    }

    /** The parameters of the network that learns by this loss, for a loss of the weights themselves. */
    public List<Node> parameters() {
        return parameters;
    }

    /**
     * Refuses a discriminator in which what it says of an image depends on the others of the batch.
     *
     * @param setting what it would not go together with
     * @throws IllegalArgumentException if the discriminator has batch norm
     */
    public void requireImagesApart(String setting) {
        for (Node node : discriminator.nodes()) {
            if (node.op() instanceof Op.BatchNorm) {
                throw new IllegalArgumentException(
                        "%s must be 0 where the discriminator has batch norm, found %s; use layer norm or none, or r1"
                                .formatted(setting, discriminator.nameOf(node)));
            }
        }
    }

    /** All that was asked for, in the order of the first question about each view. */
    List<Verdict> verdicts() {
        return List.copyOf(verdicts.values());
    }
}
