package dev.ganzoo.training.loss;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.graph.Node;
import java.util.function.BinaryOperator;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;

/**
 * What the two networks want of the discriminator's logits.
 *
 * @param name what recipes call it
 * @param source the paper it comes from
 * @param about what it is, in a few words
 * @param output what the discriminator's output means by it
 * @param discriminatorLoss for the discriminator's target on real images, 1 unless labels are smoothed: logits of real
 *     (N, 1) and of fake images (N, 1) → a number to minimise
 * @param generatorLoss logits of fake images (N, 1) → a number to minimise
 */
public record Objective(
        String name,
        String source,
        String about,
        Output output,
        DoubleFunction<BinaryOperator<Node>> discriminatorLoss,
        UnaryOperator<Node> generatorLoss)
        implements Losses {
    /** What the discriminator's output means. */
    public enum Output {
        /** The logit of real: above 0 if an image is more likely real. */
        LOGIT,
        /** A value that shall be the target of real images, or 0 for fake ones. */
        VALUE,
        /** A critic's, of which only differences mean anything; a critic must be kept Lipschitz. */
        CRITIC
    }

    /** An objective of logits without a target for real images, which can therefore not be smoothed. */
    public Objective(
            String name, String source, BinaryOperator<Node> discriminatorLoss, UnaryOperator<Node> generatorLoss) {
        this(name, source, "", Output.LOGIT, discriminatorLoss, generatorLoss);
    }

    /** An objective without a target for real images, which can therefore not be smoothed. */
    public Objective(
            String name,
            String source,
            String about,
            Output output,
            BinaryOperator<Node> discriminatorLoss,
            UnaryOperator<Node> generatorLoss) {
        this(
                name,
                source,
                about,
                output,
                (DoubleFunction<BinaryOperator<Node>>) target -> {
                    Check.that(
                            target == 1, "realTarget must be 1 with %s, which has no target".formatted(name), target);
                    return discriminatorLoss;
                },
                generatorLoss);
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
