package dev.ganzoo.zoo.attack;

import java.util.OptionalDouble;

/**
 * The fast gradient sign method: one step of size ε (Goodfellow, Shlens and Szegedy 2015).
 *
 * @param norm in which ε is measured; with {@link Norm#L2} the step goes along the gradient itself
 * @param epsilon the size of the perturbation; the norm's usual one where empty
 * @param loss what increases
 */
public record Fgsm(Norm norm, OptionalDouble epsilon, Loss loss) implements Attack {
    /** @throws dev.ganzoo.zoo.InvalidRequestException if ε is out of range */
    public Fgsm {
        Amounts.checkEpsilon(epsilon, norm);
    }

    @Override
    public String name() {
        return "fgsm";
    }

    @Override
    public String description() {
        return "one step along the gradient's sign (Goodfellow, Shlens and Szegedy 2015)";
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        double size = Amounts.epsilon(epsilon, norm);
        float[][] points = batch.originals();
        new Ascent(norm, size, size, 1, loss, 0, false).run(batch, batch.all(), points);
        return points;
    }
}
