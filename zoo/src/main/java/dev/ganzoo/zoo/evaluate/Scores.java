package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.metrics.ClassFrechetDistance;
import dev.ganzoo.zoo.metrics.Features;
import dev.ganzoo.zoo.metrics.FrechetDistance;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import dev.ganzoo.zoo.metrics.InceptionScore;
import dev.ganzoo.zoo.metrics.KernelDistance;
import dev.ganzoo.zoo.metrics.Prdc;
import dev.ganzoo.zoo.metrics.PrecisionRecall;
import dev.ganzoo.zoo.metrics.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The scores of the samples of one seed.
 *
 * @param samples what is judged
 * @param count how many of them
 * @param made what the extractor made of them; null if only pixels are looked at
 * @param seed of whatever a metric draws at random
 */
record Scores(EvaluationOptions options, ImageSource samples, int count, Extraction made, RealImages real, long seed) {

    /** What a metric gives, by name. */
    Map<String, Score> of(Metric metric) throws IOException {
        return switch (metric) {
            case FID -> Map.of("fid", single(frechet()));
            case KID ->
                Map.of(
                        "kid",
                        KernelDistance.of(realFeatures(), made.features(), options.subsets, options.subsetSize, seed));
            case IS -> Map.of("is", InceptionScore.of(made.logits(), options.splits, seed));
            case PRDC -> neighbourhoods();
            case INTRA_FID -> Map.of("intra-fid", single(withinClasses()));
            case MSSSIM -> Map.of("msssim", PixelScores.similarity(samples, count));
            case SWD ->
                Map.of("swd", PixelScores.slicedWasserstein(real.images("swd"), real.count(), samples, count, seed));
        };
    }

    private static Score single(double value) {
        return new Score(value, Double.NaN);
    }

    private Features realFeatures() throws IOException {
        return real.extraction(new Extraction.Needs(false, true, false)).features();
    }

    private double frechet() throws IOException {
        GaussianStatistics known = real.statistics();
        if (known.width() != made.statistics().width()) {
            throw new InvalidRequestException(
                    "against",
                    "statistics in %s must have the %d features of extractor %s, got %d"
                            .formatted(real.name(), made.statistics().width(), options.extractor, known.width()));
        }
        return FrechetDistance.between(known, made.statistics());
    }

    private Map<String, Score> neighbourhoods() throws IOException {
        Features known = first(realFeatures(), options.neighbourImages);
        Features judged = first(made.features(), options.neighbourImages);
        Prdc all = Prdc.of(known, judged, options.neighbours);
        Map<String, Score> scores = new LinkedHashMap<>();
        scores.put("precision", single(all.precisionRecall().precision()));
        scores.put("recall", single(all.precisionRecall().recall()));
        scores.put("density", single(all.densityCoverage().density()));
        scores.put("coverage", single(all.densityCoverage().coverage()));
        return scores;
    }

    /** Among the first images of each side that count for neighbourhoods. */
    static PrecisionRecall precision(Features known, Features judged, EvaluationOptions options) {
        return PrecisionRecall.of(
                first(known, options.neighbourImages), first(judged, options.neighbourImages), options.neighbours);
    }

    private static Features first(Features features, int count) {
        return features.rows() <= count
                ? features
                : features.select(IntStream.range(0, count).toArray());
    }

    private double withinClasses() throws IOException {
        Extraction known = real.extraction(new Extraction.Needs(false, true, false));
        List<String> names = new ArrayList<>();
        List<GaussianStatistics> reals = new ArrayList<>();
        List<GaussianStatistics> fakes = new ArrayList<>();
        for (ClassPairs.Pair pair :
                ClassPairs.of(samples, real.images("intra-fid")).pairs()) {
            int fewest = Math.min(made.countOf(pair.sample()), known.countOf(pair.real()));
            InvalidRequestException.check(
                    fewest >= 2,
                    "metrics",
                    "intra-fid needs at least 2 images of class \"%s\" on both sides".formatted(pair.name()),
                    fewest);
            names.add(pair.name());
            reals.add(GaussianStatistics.of(known.ofClass(pair.real())));
            fakes.add(GaussianStatistics.of(made.ofClass(pair.sample())));
        }
        return ClassFrechetDistance.between(names, reals, fakes).mean();
    }
}
