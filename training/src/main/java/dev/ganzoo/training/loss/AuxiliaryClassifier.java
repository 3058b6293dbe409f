package dev.ganzoo.training.loss;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;

/**
 * An auxiliary classifier (Odena et al. 2017, eq. 3): the discriminator tells the classes of real and of fake images from
 * its output {@code class_logits} (N, classes), and the generator wants them told. One of the discriminator's weights must be
 * above 0, as that output would learn nothing.
 *
 * @param realClasses the weight, for the discriminator, of the classes of real images, ≥ 0; published: 1
 * @param fakeClasses the weight, for the discriminator, of the classes of fake images, ≥ 0; published: 1
 * @param generatorClasses the weight, for the generator, of the classes of its images, ≥ 0; published: 1
 */
public record AuxiliaryClassifier(double realClasses, double fakeClasses, double generatorClasses) implements Term {
    /** @throws IllegalArgumentException if a weight is negative, or both of the discriminator's are 0 */
    public AuxiliaryClassifier {
        Check.weight("realClasses", realClasses);
        Check.weight("fakeClasses", fakeClasses);
        Check.weight("generatorClasses", generatorClasses);
        Check.that(realClasses > 0 || fakeClasses > 0, "realClasses or fakeClasses must be > 0", "0 for both");
    }

    /** The published weights. */
    public static AuxiliaryClassifier published() {
        return new AuxiliaryClassifier(1, 1, 1);
    }

    @Override
    public String name() {
        return "classes";
    }

    @Override
    public Optional<Node> discriminatorLoss(Judge judge) {
        return Weighted.sum(
                Weighted.of(realClasses, () -> judge.on(View.REAL).classLoss()),
                Weighted.of(fakeClasses, () -> judge.on(View.FAKE).classLoss()));
    }

    @Override
    public Optional<Node> generatorLoss(Judge judge) {
        return Weighted.of(generatorClasses, () -> judge.on(View.FAKE).classLoss());
    }
}
