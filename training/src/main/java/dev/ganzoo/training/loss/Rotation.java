package dev.ganzoo.training.loss;

import dev.ganzoo.training.augmentation.QuarterTurns;
import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;

/**
 * Self-supervision by rotation (Chen et al. 2019, eq. 3 and 4): the discriminator tells from its output {@code
 * rotation_logits} (N, 4) by how many quarters real images were turned, and the generator helps it with fake ones.
 *
 * @param discriminatorRotation the weight of telling the turn of real images, ≥ 0; published: 1
 * @param generatorRotation the weight, for the generator, of the turn of fake images being told, ≥ 0, and 0 if the
 *     discriminator does not learn to tell it; published: 0.2
 */
public record Rotation(double discriminatorRotation, double generatorRotation) implements Term {
    /** The discriminator's output of one logit a turn. */
    public static final String ROTATION_LOGITS = "rotation_logits";

    /** @throws IllegalArgumentException if a weight is out of its range, naming it */
    public Rotation {
        Check.weight("discriminatorRotation", discriminatorRotation);
        Check.weight("generatorRotation", generatorRotation);
        Check.that(
                generatorRotation == 0 || discriminatorRotation > 0,
                "generatorRotation must be 0 where discriminatorRotation is 0",
                generatorRotation);
    }

    /** The published weights. */
    public static Rotation published() {
        return new Rotation(1, 0.2);
    }

    @Override
    public String name() {
        return "rotation";
    }

    @Override
    public Optional<Node> discriminatorLoss(Judge judge) {
        return Weighted.of(discriminatorRotation, () -> loss(judge, View.REAL));
    }

    @Override
    public Optional<Node> generatorLoss(Judge judge) {
        return Weighted.of(generatorRotation, () -> loss(judge, View.FAKE));
    }

    private static Node loss(Judge judge, View images) {
        Verdict turned = judge.on(images.under(new QuarterTurns()));
        Node turn = turned.drawn(QuarterTurns.TURN);
        return Objectives.crossEntropy().loss().apply(turned.output(ROTATION_LOGITS), turn);
    }
}
