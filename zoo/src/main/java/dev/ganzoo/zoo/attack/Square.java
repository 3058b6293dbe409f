package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A random search over squares that shrink, by logits alone (Andriushchenko et al. 2020): works on classifiers without
 * gradients. Increases the margin; an image takes no more queries once it has succeeded.
 *
 * @param norm in which ε is measured
 * @param epsilon the size of the perturbation; the norm's usual one where empty
 * @param queries how many at most for each image; the squares' schedule stretches to it
 * @param area the fraction of the image that the first square covers, in (0, 1]
 */
public record Square(Norm norm, OptionalDouble epsilon, int queries, double area) implements Attack {
    /** @throws InvalidRequestException if an option is out of range */
    public Square {
        Amounts.checkEpsilon(epsilon, norm);
        Amounts.checkAtLeast("queries", 1, queries);
        InvalidRequestException.check(area > 0 && area <= 1, "area", "area must be in (0, 1]", area);
    }

    @Override
    public String name() {
        return "square";
    }

    @Override
    public String description() {
        return "a random search by logits alone, without gradients (Andriushchenko et al. 2020)";
    }

    @Override
    public boolean needsGradient() {
        return false;
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        float[][] points = batch.originals();
        int[] active = Vectors.keep(batch.all(), i -> !batch.succeeded(i, batch.cleanLogits(i)));
        double size = Amounts.epsilon(epsilon, norm);
        if (size == 0 || active.length == 0) {
            return points;
        }
        SquareProposals proposals =
                norm == Norm.LINF ? new LinfSquares(batch.shape(), size) : new L2Squares(batch.shape(), size);
        RandomGenerator[] random = new RandomGenerator[batch.size()];
        float[][] attempts = new float[batch.size()][];
        for (int i : active) {
            random[i] = batch.random("attack square", i);
            attempts[i] = proposals.first(random[i], batch.original(i));
            points[i] = attempts[i];
        }
        float[][] logits = batch.logits(active, attempts);
        float[] margins = new float[batch.size()];
        for (int i : active) {
            margins[i] = batch.margin(i, logits[i]);
        }
        active = open(batch, active, logits);
        for (int query = 1; query < queries && active.length > 0; query++) {
            double part = part(query);
            for (int i : active) {
                attempts[i] = proposals.next(random[i], batch.original(i), points[i], part);
            }
            float[][] found = batch.logits(active, attempts);
            for (int i : active) {
                float margin = batch.margin(i, found[i]);
                if (margin > margins[i] || batch.succeeded(i, found[i])) {
                    margins[i] = margin;
                    points[i] = attempts[i];
                }
            }
            active = open(batch, active, found);
        }
        return points;
    }

    private static int[] open(AttackBatch batch, int[] active, float[][] logits) {
        return Vectors.keep(active, i -> !batch.succeeded(i, logits[i]));
    }

    /** The fraction of the image that a square covers: halved at fixed fractions of all queries. */
    private double part(int query) {
        int of10000 = (int) ((double) (query - 1) / queries * 10_000);
        int[] halvings = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};
        double part = area;
        for (int halving : halvings) {
            part = of10000 > halving ? part / 2 : part;
        }
        return part;
    }
}
