package dev.ganzoo.zoo.attack;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Every value changed by a random sign: no attack, but the control that each is to be compared with.
 *
 * @param norm in which ε is measured
 * @param epsilon the size of the perturbation; the norm's usual one where empty
 */
public record RandomSign(Norm norm, OptionalDouble epsilon) implements Attack {
    /** @throws dev.ganzoo.zoo.InvalidRequestException if ε is out of range */
    public RandomSign {
        Amounts.checkEpsilon(epsilon, norm);
    }

    @Override
    public String name() {
        return "random-sign";
    }

    @Override
    public String description() {
        return "noise of random signs, not adversarial: the control";
    }

    @Override
    public boolean needsGradient() {
        return false;
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        float[][] points = batch.originals();
        for (int i : batch.all()) {
            RandomGenerator random = batch.random("attack sign", i);
            float[] signs = new float[points[i].length];
            for (int j = 0; j < signs.length; j++) {
                signs[j] = random.nextBoolean() ? 1 : -1;
            }
            norm.step(points[i], signs, Amounts.epsilon(epsilon, norm));
            norm.project(points[i], batch.original(i), Amounts.epsilon(epsilon, norm));
            Vectors.clamp(points[i]);
        }
        return points;
    }
}
