package dev.ganzoo.zoo.attack;

/**
 * The smallest L2 perturbation by optimisation: Adam on {@code ‖δ‖² + c · max(−margin, −confidence)} over images written as
 * hyperbolic tangents, with a binary search for c (Carlini and Wagner 2017). Seeks the smallest perturbation, and has no
 * ε.
 *
 * @param steps of Adam for each c; the search for a c ends early where a tenth of them brings no progress
 * @param searches how many values of c are tried
 * @param initial the first c
 * @param rate the learning rate
 * @param confidence by how much the winning logit is to exceed the others
 */
public record CarliniWagner(int steps, int searches, double initial, double rate, double confidence) implements Attack {
    /** @throws dev.ganzoo.zoo.InvalidRequestException if an option is out of range */
    public CarliniWagner {
        Amounts.checkAtLeast("steps", 1, steps);
        Amounts.checkAtLeast("searches", 1, searches);
        Amounts.checkAtLeast("initial", 1e-9, initial);
        Amounts.checkAtLeast("rate", 1e-9, rate);
        Amounts.checkAtLeast("confidence", 0, confidence);
    }

    @Override
    public String name() {
        return "carlini-wagner";
    }

    @Override
    public String description() {
        return "the smallest L2 perturbation by optimisation (Carlini and Wagner 2017)";
    }

    @Override
    public boolean minimizesNorm() {
        return true;
    }

    @Override
    public float[][] perturb(AttackBatch batch) {
        return new TanhSearch(batch, this).run();
    }
}
