package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.metrics.Score;
import dev.ganzoo.zoo.model.ModelCard.Quality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An evaluation at work: the extractor is loaded, and real images are extracted once. */
final class Evaluation implements AutoCloseable {
    private static final int USUAL_SAMPLES = 50_000;

    private final EvaluationOptions options;
    private final OpenExtractor extractor;
    private final RealImages real;
    private final EvaluationLog log;
    private final int count;

    private Evaluation(EvaluationOptions options, OpenExtractor extractor, RealImages real, int count) {
        this.options = options;
        this.extractor = extractor;
        this.real = real;
        this.log = new EvaluationLog(options.kept);
        this.count = count;
    }

    static Evaluation of(EvaluationOptions asked) throws IOException {
        EvaluationOptions options = asked.copy();
        options.samples = samples(asked);
        int count = count(options);
        boolean pixels = options.metrics.stream().allMatch(Metric::needsPixels) && options.saved == null;
        OpenExtractor extractor = pixels ? null : options.extractor.open(options.device);
        try {
            RealImages real = RealImages.of(options, extractor);
            Checks.of(options, extractor, real, count);
            return new Evaluation(options, extractor, real, count);
        } catch (IOException | RuntimeException e) {
            if (extractor != null) {
                extractor.close();
            }
            throw e;
        }
    }

    private static ImageSource samples(EvaluationOptions options) {
        ImageSource samples = options.samples;
        boolean generated = samples instanceof GeneratedImages;
        InvalidRequestException.check(
                generated || options.truncation == null,
                "truncation",
                "truncation needs a generator, whose latents it truncates",
                samples.name());
        InvalidRequestException.check(
                generated || options.repeats == 1,
                "repeats",
                "repeats need a generator, whose samples differ from seed to seed",
                samples.name());
        if (samples instanceof GeneratedImages made) {
            samples = options.truncation == null ? made : made.truncation(options.truncation);
        }
        return options.className == null ? samples : samples.ofClass(options.className);
    }

    private static int count(EvaluationOptions options) {
        int there = options.samples.size();
        if (options.count == 0) {
            return options.samples instanceof GeneratedImages ? USUAL_SAMPLES : there;
        }
        InvalidRequestException.check(
                options.count <= there,
                "samples",
                "samples must be at most %,d, the images in %s".formatted(there, options.samples.name()),
                options.count);
        return options.count;
    }

    EvaluationReport run() throws IOException {
        EvaluationReport report = report(options.samples);
        if (options.saved != null) {
            real.save(options.saved);
        }
        return report;
    }

    TruncationCurve curve(List<Truncation> truncations) throws IOException {
        if (!(options.samples instanceof GeneratedImages generated)) {
            throw new InvalidRequestException(
                    "truncation", "truncation needs a generator, got " + options.samples.name());
        }
        List<TruncationCurve.Point> points = new ArrayList<>();
        for (Truncation truncation : truncations) {
            points.add(new TruncationCurve.Point(truncation, report(generated.truncation(truncation))));
        }
        return new TruncationCurve(points);
    }

    ClassReport perClass() throws IOException {
        ClassPairs pairs = ClassPairs.of(options.samples, real.images("scores of each class"));
        boolean recognisable = extractor.network().logits() != null
                && ClassPairs.known(options.samples.classNames(), extractor.classNames());
        Extraction.Needs needs = new Extraction.Needs(false, true, recognisable);
        Extraction made = extraction(seeded(options.samples, options.seed), needs, options.seed);
        return ClassReport.of(
                pairs,
                real.extraction(new Extraction.Needs(false, true, false)),
                made,
                recognisable ? extractor.classNames() : List.of(),
                options,
                protocol(options.samples, 1).whole(List.of(Metric.INTRA_FID)));
    }

    private Protocol protocol(ImageSource samples, int repeats) throws IOException {
        Protocol protocol = new Protocol().samples(samples, samples.fingerprint(), count);
        if (samples instanceof GeneratedImages) {
            protocol.seeds(options.seed, repeats);
        }
        real.describe(protocol);
        return extractor == null ? protocol : protocol.extractor(extractor);
    }

    private EvaluationReport report(ImageSource samples) throws IOException {
        Protocol protocol = protocol(samples, options.repeats);
        Map<String, Quality> known = new LinkedHashMap<>();
        List<Metric> left = new ArrayList<>();
        for (Metric metric : options.metrics) {
            List<Quality> found = options.anew ? List.of() : kept(metric, protocol);
            found.forEach(score -> known.put(score.metric(), score));
            if (found.isEmpty()) {
                left.add(metric);
            }
        }
        List<Quality> fresh = left.isEmpty() ? List.of() : measure(left, samples, protocol);
        log.add(fresh);
        List<String> kept = List.copyOf(known.keySet());
        fresh.forEach(score -> known.put(score.metric(), score));
        List<Quality> ordered = options.metrics.stream()
                .flatMap(metric -> metric.scores().stream())
                .map(known::get)
                .toList();
        boolean compares = options.metrics.stream().anyMatch(Metric::compares);
        return new EvaluationReport(samples.name(), compares ? real.name() : "", ordered, kept);
    }

    /** All scores of a metric, or none. */
    private List<Quality> kept(Metric metric, Protocol protocol) throws IOException {
        List<Quality> found = new ArrayList<>();
        for (String score : metric.scores()) {
            Optional<Quality> one = log.find(score, protocol.of(metric, options));
            if (one.isEmpty()) {
                return List.of();
            }
            found.add(one.get());
        }
        return found;
    }

    private List<Quality> measure(List<Metric> metrics, ImageSource samples, Protocol protocol) throws IOException {
        Map<String, List<Score>> scores = new LinkedHashMap<>();
        for (long seed = options.seed; seed < options.seed + options.repeats; seed++) {
            ImageSource seeded = seeded(samples, seed);
            Extraction.Needs needs = Extraction.Needs.ofSamples(metrics);
            Extraction made = needs.nothing() ? null : extraction(seeded, needs, seed);
            Scores one = new Scores(options, seeded, count, made, real, seed);
            for (Metric metric : metrics) {
                options.listener.progress(metric.toString(), 0, 1);
                one.of(metric)
                        .forEach((name, score) -> scores.computeIfAbsent(name, any -> new ArrayList<>())
                                .add(score));
                options.listener.progress(metric.toString(), 1, 1);
            }
        }
        List<Quality> qualities = new ArrayList<>();
        for (Metric metric : metrics) {
            for (String name : metric.scores()) {
                qualities.add(quality(name, scores.get(name), protocol.of(metric, options)));
            }
        }
        return qualities;
    }

    private static ImageSource seeded(ImageSource samples, long seed) {
        return samples instanceof GeneratedImages generated ? generated.seed(seed) : samples;
    }

    private Extraction extraction(ImageSource samples, Extraction.Needs needs, long seed) throws IOException {
        String what = samples instanceof GeneratedImages ? "samples of seed " + seed : samples.name();
        return Extraction.of(samples, count, extractor, needs, options.batch, what, options.listener);
    }

    /** One value, or mean and standard deviation over seeds (that of the population). */
    private static Quality quality(String name, List<Score> scores, Map<String, String> protocol) {
        if (scores.size() == 1) {
            Score only = scores.get(0);
            return new Quality(name, only.mean(), Double.isNaN(only.std()) ? null : only.std(), protocol);
        }
        double mean = scores.stream().mapToDouble(Score::mean).average().orElseThrow();
        double variance = scores.stream()
                .mapToDouble(score -> (score.mean() - mean) * (score.mean() - mean))
                .average()
                .orElseThrow();
        return new Quality(name, mean, Math.sqrt(variance), protocol);
    }

    @Override
    public void close() {
        if (extractor != null) {
            extractor.close();
        }
    }
}
