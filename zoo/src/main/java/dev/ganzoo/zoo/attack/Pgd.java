package dev.ganzoo.zoo.attack;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Projected gradient descent: steps along the gradient from a random point of the ball (Madry et al. 2018).
 *
 * @param norm in which ε is measured
 * @param epsilon the largest perturbation; the norm's usual one where empty
 * @param step the size of a step; 2.5 · ε / steps where empty
 * @param steps how many
 * @param restarts from how many points; of all ends, one that succeeds is taken, else that of the largest loss
 * @param randomStart whether to start from a random point of the ball; else from the image
 * @param loss what increases
 * @param earlyStop whether an image takes no more steps once it has succeeded
 */
public record Pgd(
        Norm norm,
        OptionalDouble epsilon,
        OptionalDouble step,
        int steps,
        int restarts,
        boolean randomStart,
        Loss loss,
        boolean earlyStop)
        implements Attack {
    /** @throws dev.ganzoo.zoo.InvalidRequestException if an option is out of range */
    public Pgd {
        Amounts.checkEpsilon(epsilon, norm);
        Amounts.checkStep(step);
        Amounts.checkAtLeast("steps", 1, steps);
        Amounts.checkAtLeast("restarts", 1, restarts);
    }

    @Override
    public String name() {
        return "pgd";
    }

    @Override
    public String description() {
        return "steps along the gradient from a random point of the ball (Madry et al. 2018)";
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        double size = Amounts.epsilon(epsilon, norm);
        double stride = step.orElse(2.5 * size / steps);
        Ascent ascent = new Ascent(norm, size, stride, steps, loss, 0, earlyStop);
        int[] active =
                earlyStop ? Vectors.keep(batch.all(), i -> !batch.succeeded(i, batch.cleanLogits(i))) : batch.all();
        Best best = new Best(batch);
        for (int restart = 0; restart < restarts && active.length > 0; restart++) {
            float[][] points = batch.originals();
            if (randomStart) {
                start(batch, active, points, size, restart);
            }
            ascent.run(batch, active, points);
            if (restarts == 1) {
                return points;
            }
            best.offer(active, points, loss);
            active = earlyStop ? Vectors.keep(active, i -> !best.succeeded(i)) : active;
        }
        return best.points();
    }

    private void start(AttackBatch batch, int[] active, float[][] points, double size, int restart) {
        for (int i : active) {
            RandomGenerator random = batch.random("attack start " + restart, i);
            Vectors.add(points[i], 1, norm.within(random, points[i].length, size));
            norm.project(points[i], batch.original(i), size);
            Vectors.clamp(points[i]);
        }
    }
}
