package dev.ganzoo.zoo.attack;

import java.util.OptionalDouble;

/**
 * Auto-PGD: projected gradient descent with momentum whose step halves by itself where progress stops (Croce and Hein 2020,
 * algorithm 1). The step begins at 2ε, the momentum's weight is 0.75, and the checkpoints lie at the fractions 0, 0.22, …
 * of the steps, each distance 0.03 less than the one before, down to 0.06. At a checkpoint the step is halved, and the
 * search goes on from the best point so far, if fewer than 75 % of the steps since the last one increased the loss, or if
 * neither the step nor the best loss has changed since the last one.
 *
 * @param norm in which ε is measured
 * @param epsilon the largest perturbation; the norm's usual one where empty
 * @param steps how many
 * @param restarts from how many points
 * @param randomStart whether to start from a random point of the ball; else from the image
 * @param loss what increases: {@link Loss#CROSS_ENTROPY} for APGD-CE, {@link Loss#DLR} for APGD-DLR
 * @param earlyStop whether an image takes no more steps once it has succeeded
 */
public record Apgd(
        Norm norm, OptionalDouble epsilon, int steps, int restarts, boolean randomStart, Loss loss, boolean earlyStop)
        implements Attack {
    /** @throws dev.ganzoo.zoo.InvalidRequestException if an option is out of range */
    public Apgd {
        Amounts.checkEpsilon(epsilon, norm);
        Amounts.checkAtLeast("steps", 1, steps);
        Amounts.checkAtLeast("restarts", 1, restarts);
    }

    @Override
    public String name() {
        return loss == Loss.CROSS_ENTROPY ? "apgd" : "apgd-" + loss;
    }

    @Override
    public String description() {
        return "PGD with momentum and steps that adapt, on the loss %s (Croce and Hein 2020)".formatted(loss);
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        int[] active =
                earlyStop ? Vectors.keep(batch.all(), i -> !batch.succeeded(i, batch.cleanLogits(i))) : batch.all();
        Best best = new Best(batch);
        search(batch, active, best, "");
        return best.points();
    }

    /** Offers {@code best} the ends of all restarts for the images {@code active}. */
    void search(AttackBatch batch, int[] active, Best best, String purpose) {
        int[] open = active;
        for (int restart = 0; restart < restarts && open.length > 0; restart++) {
            float[][] points = batch.originals();
            if (randomStart) {
                for (int i : open) {
                    double size = Amounts.epsilon(epsilon, norm);
                    var random = batch.random("attack start " + purpose + restart, i);
                    Vectors.add(points[i], 1, norm.within(random, points[i].length, size));
                    norm.project(points[i], batch.original(i), size);
                    Vectors.clamp(points[i]);
                }
            }
            AdaptiveAscent ascent = new AdaptiveAscent(batch, this, points);
            best.offer(open, ascent.run(open), loss);
            open = earlyStop ? Vectors.keep(open, i -> !best.succeeded(i)) : open;
        }
    }
}
