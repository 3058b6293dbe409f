package dev.ganzoo.zoo.metrics;

/**
 * Density and coverage (Naeem et al. 2020, section 3): like {@link PrecisionRecall}, but with balls around real images
 * alone, so that outliers among either matter less.
 *
 * @param density the mean number of real images whose balls a fake image lies in, divided by k: ≥ 0, 1 where the
 *     distributions are equal, more where fake images crowd where real ones do
 * @param coverage the share of real images with a fake one in their ball, in [0, 1]
 */
public record DensityCoverage(double density, double coverage) {
    /** As in the paper. */
    public static final int NEIGHBOURS = 5;

    /**
     * Of two sets of features. A distance equal to the radius is not in the ball.
     *
     * @param neighbours k, in 1..N − 1 of the real set; {@link #NEIGHBOURS} by custom
     * @throws IllegalArgumentException if the widths differ or neighbours are out of their range
     */
    public static DensityCoverage of(Features real, Features fake, int neighbours) {
        return Neighbourhoods.of(real, fake, neighbours, false).densityCoverage();
    }
}
