package dev.ganzoo.zoo.metrics;

/** {@link PrecisionRecall} and {@link DensityCoverage} with the same k, in half the time of one after the other. */
public record Prdc(PrecisionRecall precisionRecall, DensityCoverage densityCoverage) {
    /**
     * Of two sets of features.
     *
     * @param neighbours k, in 1..N − 1 of the smaller set
     * @throws IllegalArgumentException if the widths differ or neighbours are out of their range
     */
    public static Prdc of(Features real, Features fake, int neighbours) {
        Neighbourhoods neighbourhoods = Neighbourhoods.of(real, fake, neighbours, true);
        return new Prdc(neighbourhoods.precisionRecall(), neighbourhoods.densityCoverage());
    }
}
