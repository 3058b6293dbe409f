package dev.ganzoo.zoo.attack;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Untargeted by trying targets: {@link Apgd} on the targeted difference-of-logits ratio, towards each of the most likely
 * other classes in turn (Croce and Hein 2020, APGD-T). With a given target, towards it alone.
 *
 * @param norm in which ε is measured
 * @param epsilon the largest perturbation; the norm's usual one where empty
 * @param steps how many for each target
 * @param classes how many other classes are tried; all where there are fewer
 * @param randomStart whether to start from a random point of the ball; else from the image
 */
public record ApgdTargeted(Norm norm, OptionalDouble epsilon, int steps, int classes, boolean randomStart)
        implements Attack {
    /** @throws dev.ganzoo.zoo.InvalidRequestException if an option is out of range */
    public ApgdTargeted {
        Amounts.checkEpsilon(epsilon, norm);
        Amounts.checkAtLeast("steps", 1, steps);
        Amounts.checkAtLeast("classes", 1, classes);
    }

    @Override
    public String name() {
        return "apgd-t";
    }

    @Override
    public String description() {
        return "APGD towards each of the most likely other classes (Croce and Hein 2020)";
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        Apgd search = new Apgd(norm, epsilon, steps, 1, randomStart, Loss.DLR, true);
        if (batch.targeted()) {
            return search.perturb(batch);
        }
        int[] active = Vectors.keep(batch.all(), i -> !batch.succeeded(i, batch.cleanLogits(i)));
        float[][] result = batch.originals();
        int[][] order = Arrays.stream(batch.all())
                .mapToObj(i -> othersByLogit(batch, i))
                .toArray(int[][]::new);
        for (int rank = 0; rank < Math.min(classes, batch.classes() - 1) && active.length > 0; rank++) {
            int at = rank;
            AttackBatch towards = batch.towards(
                    Arrays.stream(batch.all()).map(i -> order[i][at]).toArray());
            Best best = new Best(towards);
            search.search(towards, active, best, "target " + rank + " ");
            for (int i : active) {
                result[i] = best.points()[i];
            }
            active = Vectors.keep(active, i -> !best.succeeded(i));
        }
        return result;
    }

    private static int[] othersByLogit(AttackBatch batch, int i) {
        float[] logits = batch.cleanLogits(i);
        return IntStream.range(0, logits.length)
                .filter(k -> k != batch.label(i))
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -logits[k]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
