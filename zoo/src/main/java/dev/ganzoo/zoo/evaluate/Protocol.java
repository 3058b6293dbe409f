package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.model.ModelPackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Puts together everything that another number must share to be compared with one. */
final class Protocol {
    private static final String DEVIATION = "deviation";

    /** What a metric says of itself, and no other. */
    private static final Set<String> OWN =
            Set.of("splits", "subsets", "neighbours", "within", "pairs", "patches", "on", DEVIATION);

    private final Map<String, String> samples = new LinkedHashMap<>();
    private final Map<String, String> real = new LinkedHashMap<>();
    private final Map<String, String> extractor = new LinkedHashMap<>();

    static boolean isOwn(String entry) {
        return OWN.contains(entry);
    }

    Protocol samples(ImageSource images, String fingerprint, int count) {
        samples.put("samples", images.name());
        samples.put("sample images", Integer.toString(count));
        samples.putAll(images.facts());
        samples.put(
                images instanceof GeneratedImages ? ModelPackage.GENERATOR + " sha256" : "samples sha256", fingerprint);
        return this;
    }

    Protocol seeds(long first, int repeats) {
        samples.put(
                repeats == 1 ? "seed" : "seeds",
                LongStream.range(first, first + repeats)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(", ")));
        return this;
    }

    Protocol real(ImageSource images, String fingerprint, int count) {
        real.put("real", images.name());
        real.put("real images", Integer.toString(count));
        images.facts().forEach((name, value) -> real.put("real " + name, value));
        real.put("real sha256", fingerprint);
        return this;
    }

    Protocol statistics(String file, String sha256) {
        real.put("real", "statistics " + file);
        real.put("real images", "not said by the file");
        real.put("real sha256", sha256);
        return this;
    }

    Protocol extractor(OpenExtractor opened) {
        extractor.putAll(opened.facts());
        return this;
    }

    /** What real features depend on. */
    Map<String, String> ofReal() {
        Map<String, String> all = new LinkedHashMap<>(real);
        all.putAll(extractor);
        return all;
    }

    /** Of a score. */
    Map<String, String> of(Metric metric, EvaluationOptions options) {
        Map<String, String> all = new LinkedHashMap<>(metric.needsPixels() ? Map.of("on", "pixels") : extractor);
        all.putAll(samples);
        if (metric.compares()) {
            all.putAll(real);
        }
        all.putAll(own(metric, options));
        return all;
    }

    private static Map<String, String> own(Metric metric, EvaluationOptions options) {
        Map<String, String> own = new LinkedHashMap<>();
        String spread = null;
        switch (metric) {
            case KID -> {
                own.put("subsets", "%d of %d".formatted(options.subsets, options.subsetSize));
                spread = "over subsets";
            }
            case IS -> {
                own.put("splits", Integer.toString(options.splits));
                spread = "over splits";
            }
            case PRDC ->
                own.put(
                        "neighbours",
                        "%d among the first %d images".formatted(options.neighbours, options.neighbourImages));
            case MSSSIM -> {
                own.put("pairs", "of a class, among the first %d images".formatted(PixelScores.MOST));
                spread = "over pairs";
            }
            case SWD ->
                own.put(
                        "patches",
                        "of the first %d images of either side, mean over resolutions".formatted(PixelScores.MOST));
            case INTRA_FID -> own.put("within", "each class, then the mean");
            default -> {}
        }
        spread = options.repeats > 1 ? "over seeds" : spread;
        if (spread != null) {
            own.put(DEVIATION, spread);
        }
        return own;
    }

    /** Lines about all of it. */
    Map<String, String> whole(List<Metric> metrics) {
        Map<String, String> all = new LinkedHashMap<>(extractor);
        all.putAll(samples);
        if (metrics.stream().anyMatch(Metric::compares)) {
            all.putAll(real);
        }
        return all;
    }
}
