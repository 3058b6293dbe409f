package dev.ganzoo.training.loss;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.training.settings.Interdependent;
import dev.ganzoo.zoo.graph.Node;
import java.util.Map;
import java.util.Optional;

/**
 * The penalty of gradients between real and fake images whose length is not 1, λ · E(‖∇D(x̂)‖ − 1)² (Gulrajani et al. 2017,
 * algorithm 1), or of those whose length is above 1, λ · E max(0, ‖∇D(x̂)‖ − 1)² (Petzka et al. 2018, eq. 8).
 *
 * <p>It wants the gradient of each image by itself, which batch norm in the discriminator would mix with the others': such a
 * discriminator is refused.
 *
 * @param gradientPenalty λ, ≥ 0; 0 for none; published: 10
 * @param gradientLengths which lengths are penalised
 */
public record GradientPenalty(double gradientPenalty, Lengths gradientLengths) implements Term, Interdependent {
    /** Keeps the slope of the square root finite at a gradient of zero. */
    private static final double LEAST_SQUARE = 1e-12;

    /** Which lengths of the gradient are penalised. */
    public enum Lengths {
        /** All but 1: WGAN-GP. */
        TWO_SIDED,
        /** Those above 1: WGAN-LP. */
        ONE_SIDED
    }

    /** @throws IllegalArgumentException if λ is negative */
    public GradientPenalty {
        Check.weight("gradientPenalty", gradientPenalty);
    }

    /** No penalty. */
    public static GradientPenalty none() {
        return new GradientPenalty(0, Lengths.TWO_SIDED);
    }

    /** WGAN-GP's penalty with this λ. */
    public static GradientPenalty twoSided(double lambda) {
        return new GradientPenalty(lambda, Lengths.TWO_SIDED);
    }

    /** WGAN-LP's penalty with this λ. */
    public static GradientPenalty oneSided(double lambda) {
        return new GradientPenalty(lambda, Lengths.ONE_SIDED);
    }

    @Override
    public Map<String, String> idle() {
        return gradientPenalty == 0 && gradientLengths != Lengths.TWO_SIDED
                ? Map.of("gradientLengths", "gradientLengths must be two_sided where gradientPenalty is 0")
                : Map.of();
    }

    @Override
    public String name() {
        return "gradient-penalty";
    }

    @Override
    public Optional<Node> discriminatorLoss(Judge judge) {
        return Weighted.of(gradientPenalty, () -> {
            judge.requireImagesApart("gradientPenalty");
            Node squares = R1.squares(judge.on(View.BETWEEN).imageGradient());
            Node length = squares.plus(Node.constant(LEAST_SQUARE)).sqrt();
            Node excess = length.minus(Node.constant(1));
            Node counted = gradientLengths == Lengths.ONE_SIDED ? excess.relu() : excess;
            return counted.times(counted).mean(0);
        });
    }
}
