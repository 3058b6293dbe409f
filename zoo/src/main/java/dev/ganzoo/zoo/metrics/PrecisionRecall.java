package dev.ganzoo.zoo.metrics;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019, section 2): the union of balls around the images of a set, each
 * reaching to its k-th nearest other image, stands for what is possible in it.
 *
 * @param precision the share of fake images in balls of real ones, in [0, 1]: are they realistic?
 * @param recall the share of real images in balls of fake ones, in [0, 1]: are all kinds there?
 */
public record PrecisionRecall(double precision, double recall) {
    /** As in the paper and in torch-fidelity; PRDC's authors take 5. */
    public static final int NEIGHBOURS = 3;

    /**
     * Of two sets of features. A distance equal to the radius is in the ball.
     *
     * @param neighbours k, in 1..N − 1 of the smaller set; {@link #NEIGHBOURS} by custom
     * @throws IllegalArgumentException if the widths differ or neighbours are out of their range
     */
    public static PrecisionRecall of(Features real, Features fake, int neighbours) {
        return Neighbourhoods.of(real, fake, neighbours, true).precisionRecall();
    }

    /** The harmonic mean of precision and recall; 0 where both are. */
    public double fScore() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
