package dev.ganzoo.zoo.attack;

import java.util.OptionalDouble;

/**
 * The basic iterative method: several small steps along the gradient's sign from the image itself (Kurakin, Goodfellow and
 * Bengio 2017).
 *
 * @param norm in which ε is measured
 * @param epsilon the largest perturbation; the norm's usual one where empty
 * @param step the size of a step; 2.5 · ε / steps where empty
 * @param steps how many
 * @param loss what increases
 * @param earlyStop whether an image takes no more steps once it has succeeded
 */
public record Bim(Norm norm, OptionalDouble epsilon, OptionalDouble step, int steps, Loss loss, boolean earlyStop)
        implements Attack {
    /** @throws dev.ganzoo.zoo.InvalidRequestException if an option is out of range */
    public Bim {
        Amounts.checkEpsilon(epsilon, norm);
        Amounts.checkStep(step);
        Amounts.checkAtLeast("steps", 1, steps);
    }

    @Override
    public String name() {
        return "bim";
    }

    @Override
    public String description() {
        return "several steps along the gradient's sign from the image (Kurakin, Goodfellow and Bengio 2017)";
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        return new Pgd(norm, epsilon, step, steps, 1, false, loss, earlyStop).perturb(batch);
    }
}
