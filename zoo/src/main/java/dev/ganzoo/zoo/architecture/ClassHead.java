package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;

/** Discriminators that tell classes beside real from fake, as the classifiers that they are. */
public final class ClassHead {
    /** The output of such a discriminator: a logit a class (N, classes), and behind them more for what is in no class. */
    public static final String OUTPUT = "class_logits";

    private ClassHead() {}

    /**
     * The classifier in a discriminator: {@code image} (N, C, H, W) in [−1, 1] → {@code logits} (N, classes). Where fake is
     * a class too (Odena 2016), its logit is left out: the softmax of the others is the probability of each class given that
     * the image is real.
     *
     * @return nothing if the discriminator tells no classes
     * @throws IllegalArgumentException if it tells fewer
     */
    public static Optional<Graph> classifier(Graph discriminator, int classes) {
        Node told = discriminator.outputs().get(OUTPUT);
        if (told == null) {
            return Optional.empty();
        }
        int found = told.shape().extent(1);
        if (found < classes) {
            throw new IllegalArgumentException(
                    "%s of %s must tell %d classes, tells %d".formatted(OUTPUT, discriminator.name(), classes, found));
        }
        Node logits = found == classes ? told : told.slice(1, 0, classes);
        return Optional.of(Graph.of(Networks.CLASSIFIER, "logits", logits));
    }
}
