package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;

/** Whether metrics can be measured on what there is, told before anything is computed. */
final class Checks {
    private Checks() {}

    static void of(EvaluationOptions options, OpenExtractor extractor, RealImages real, int count) {
        for (Metric metric : options.metrics) {
            if (metric.compares() && (!real.isGiven() || !metric.needsStatisticsOnly())) {
                real.images(metric.toString());
            }
            switch (metric) {
                case KID -> {
                    enough(metric, "samples", count, options.subsetSize, "give smaller subsets");
                    enough(metric, "real images", real.count(), options.subsetSize, "give smaller subsets");
                }
                case PRDC -> {
                    enough(metric, "samples", count, options.neighbours + 1, "look at fewer neighbours");
                    enough(metric, "real images", real.count(), options.neighbours + 1, "look at fewer neighbours");
                }
                case IS -> {
                    enough(metric, "samples", count, options.splits, "give fewer splits");
                    if (extractor.network().logits() == null) {
                        throw new InvalidRequestException(
                                "metrics",
                                "is needs logits, extractor %s has no output \"logits\"; name them"
                                        .formatted(options.extractor));
                    }
                }
                case INTRA_FID -> ClassPairs.of(options.samples, real.images(metric.toString()));
                default -> {}
            }
        }
    }

    private static void enough(Metric metric, String what, int found, int least, String fix) {
        InvalidRequestException.check(
                found >= least,
                "samples",
                "%s needs at least %,d %s".formatted(metric, least, what),
                found + "; " + fix);
    }
}
