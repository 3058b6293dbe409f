package dev.ganzoo.zoo.attack;

import java.util.OptionalDouble;

/**
 * Iterated steps along a running sum of gradients, which transfers better to other networks (Dong et al. 2018).
 *
 * @param norm in which ε is measured
 * @param epsilon the largest perturbation; the norm's usual one where empty
 * @param step the size of a step; ε / steps where empty
 * @param steps how many
 * @param decay of the running sum, in [0, 1]
 * @param loss what increases
 * @param earlyStop whether an image takes no more steps once it has succeeded
 */
public record MiFgsm(
        Norm norm, OptionalDouble epsilon, OptionalDouble step, int steps, double decay, Loss loss, boolean earlyStop)
        implements Attack {
    /** @throws dev.ganzoo.zoo.InvalidRequestException if an option is out of range */
    public MiFgsm {
        Amounts.checkEpsilon(epsilon, norm);
        Amounts.checkStep(step);
        Amounts.checkAtLeast("steps", 1, steps);
        Amounts.checkAtLeast("decay", 0, decay);
    }

    @Override
    public String name() {
        return "mi-fgsm";
    }

    @Override
    public String description() {
        return "steps along a running sum of gradients (Dong et al. 2018)";
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        double size = Amounts.epsilon(epsilon, norm);
        float[][] points = batch.originals();
        int[] active =
                earlyStop ? Vectors.keep(batch.all(), i -> !batch.succeeded(i, batch.cleanLogits(i))) : batch.all();
        new Ascent(norm, size, step.orElse(size / steps), steps, loss, decay, earlyStop).run(batch, active, points);
        return points;
    }
}
