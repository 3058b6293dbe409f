package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import java.util.OptionalDouble;

/**
 * The demonstration of a course on deep learning: {@code X − gain · sign(∇ cross entropy(X, y + 1)) / 255}, clamped; with
 * the class after the label as the alternative, and a gain of 8. One targeted step of {@link Fgsm}.
 *
 * @param gain the change of each value in units of 1/255, in [0, 255]
 */
public record Course(double gain) implements Attack {
    /** @throws InvalidRequestException if the gain is out of range */
    public Course {
        InvalidRequestException.check(gain >= 0 && gain <= 255, "gain", "gain must be in [0, 255]", gain);
    }

    @Override
    public String name() {
        return "course";
    }

    @Override
    public String description() {
        return "one step towards the next class, of 8/255 a value: the demonstration of a course";
    }

    @Override
    public Goal defaultGoal() {
        return Goal.NEXT_CLASS;
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        return new Fgsm(Norm.LINF, OptionalDouble.of(gain / 255), Loss.CROSS_ENTROPY).perturb(batch);
    }
}
