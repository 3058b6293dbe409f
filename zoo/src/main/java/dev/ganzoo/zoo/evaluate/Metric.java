package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Arrays;
import java.util.List;

/** What can be measured. */
public enum Metric {
    /** Fréchet distance of features (Heusel et al. 2017). */
    FID("fid", List.of("fid")),
    /** Kernel distance of features (Bińkowski et al. 2018). */
    KID("kid", List.of("kid")),
    /** Inception score of logits (Salimans et al. 2016); looks at the samples only. */
    IS("is", List.of("is")),
    /** Improved precision and recall (Kynkäänniemi et al. 2019), density and coverage (Naeem et al. 2020). */
    PRDC("prdc", List.of("precision", "recall", "density", "coverage")),
    /** Structural similarity at several scales among pairs of samples (Odena et al. 2017): the lower, the more diverse. */
    MSSSIM("msssim", List.of("msssim")),
    /** Sliced Wasserstein distance of patches in a Laplacian pyramid (Karras et al. 2018). */
    SWD("swd", List.of("swd")),
    /** The mean over classes of the Fréchet distance within each (Miyato and Koyama 2018). */
    INTRA_FID("intra-fid", List.of("intra-fid"));

    private final String text;
    private final List<String> scores;

    Metric(String text, List<String> scores) {
        this.text = text;
        this.scores = scores;
    }

    /** The names of what it gives. */
    List<String> scores() {
        return scores;
    }

    /**
     * The metric of that name: {@code fid}, {@code kid}, {@code is}, {@code prdc}, {@code msssim}, {@code swd} or
     * {@code intra-fid}.
     *
     * @throws InvalidRequestException if there is none, naming the nearest
     */
    public static Metric parse(String name) {
        for (Metric metric : values()) {
            if (metric.text.equalsIgnoreCase(name.strip())) {
                return metric;
            }
        }
        List<String> known = Arrays.stream(values()).map(Metric::toString).toList();
        throw new InvalidRequestException("metrics", Suggestions.unknown("metric", name, known));
    }

    /** Whether real images are looked at. */
    boolean compares() {
        return this != IS && this != MSSSIM;
    }

    /** Whether mean and covariance of real features are all it takes. */
    boolean needsStatisticsOnly() {
        return this == FID;
    }

    /** Whether single features are needed. */
    boolean needsFeatures() {
        return this == KID || this == PRDC || this == INTRA_FID;
    }

    /** Whether it looks at pixels, not at what an extractor makes of them. */
    boolean needsPixels() {
        return this == MSSSIM || this == SWD;
    }

    /** The name as people write it. */
    @Override
    public String toString() {
        return text;
    }
}
