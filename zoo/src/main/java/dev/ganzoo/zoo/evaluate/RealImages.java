package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.metrics.Features;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What samples are compared with, extracted when needed and then kept. */
final class RealImages {
    private final EvaluationOptions options;
    private final OpenExtractor extractor;
    private final ImageSource images;
    private final int count;
    private final Path file;
    private GaussianStatistics statistics;
    private Features features;
    private String fingerprint;

    private RealImages(EvaluationOptions options, OpenExtractor extractor, ImageSource images, int count, Path file) {
        this.options = options;
        this.extractor = extractor;
        this.images = images;
        this.count = count;
        this.file = file;
    }

    /** @param extractor null if only pixels are looked at */
    static RealImages of(EvaluationOptions options, OpenExtractor extractor) throws IOException {
        boolean needed = options.metrics.stream().anyMatch(Metric::compares) || options.saved != null;
        if (!needed || options.against == null) {
            return new RealImages(options, extractor, null, 0, null);
        }
        if (options.against instanceof Reference.Statistics statistics) {
            if (!Files.isRegularFile(statistics.file())) {
                throw new NoSuchFileException(statistics.file().toString());
            }
            return new RealImages(options, extractor, null, 0, statistics.file());
        }
        ImageSource images = options.against instanceof Reference.Images given
                ? given.images()
                : NamedImages.find(((Reference.Named) options.against).name(), LoadOptions.defaults(), List.of());
        if (options.samples instanceof GeneratedImages generated) {
            images = images.shape().equals(generated.shape())
                    ? images
                    : images.fitted(generated.shape().orElseThrow());
        }
        images = options.className == null ? images : images.ofClass(options.className);
        InvalidRequestException.check(
                options.realCount <= images.size(),
                "real images",
                "real images must be at most %,d, those in %s".formatted(images.size(), images.name()),
                options.realCount);
        int count = options.realCount == 0 ? images.size() : options.realCount;
        return new RealImages(options, extractor, images, count, null);
    }

    /** Whether there is anything to compare with. */
    boolean isGiven() {
        return images != null || file != null;
    }

    String name() {
        return images != null
                ? images.name()
                : file == null ? "" : file.getFileName().toString();
    }

    /** How many; 0 if that is not known. */
    int count() {
        return count;
    }

    /** The images, or empty where only statistics are given. */
    Optional<ImageSource> images() {
        return Optional.ofNullable(images);
    }

    /**
     * The images, which {@code what} needs.
     *
     * @throws InvalidRequestException if only statistics are given, or nothing
     */
    ImageSource images(String what) {
        if (images == null) {
            throw new InvalidRequestException(
                    "against",
                    file == null
                            ? what + " must be against real images; say which"
                            : "%s needs real images, got only statistics in %s".formatted(what, file));
        }
        return images;
    }

    void describe(Protocol protocol) throws IOException {
        if (images != null) {
            protocol.real(images, fingerprint(), count);
        } else if (file != null) {
            protocol.statistics(file.getFileName().toString(), fingerprint());
        }
    }

    private String fingerprint() throws IOException {
        if (fingerprint == null) {
            fingerprint = images == null ? Sha256.of(file) : images.fingerprint();
        }
        return fingerprint;
    }

    GaussianStatistics statistics() throws IOException {
        if (statistics == null) {
            statistics = images == null
                    ? GaussianStatistics.read(file)
                    : extraction(new Extraction.Needs(true, false, false)).statistics();
        }
        return statistics;
    }

    /** Extracts what is not kept yet, and in one pass whatever else will be needed. */
    Extraction extraction(Extraction.Needs asked) throws IOException {
        Map<String, String> dependencies = dependencies();
        String key = StatisticsCache.key(dependencies);
        Extraction.Needs needs = asked.and(Extraction.Needs.ofReal(options.metrics));
        StatisticsCache cache = new StatisticsCache(options.cache, options.listener);
        statistics = needs.statistics() && statistics == null ? cache.statistics(key) : statistics;
        features = needs.features() && features == null ? cache.features(key) : features;
        Extraction.Needs left = new Extraction.Needs(
                needs.statistics() && statistics == null, needs.features() && features == null, false);
        if (!left.nothing()) {
            String what = "real images (%s)".formatted(name());
            Extraction made = Extraction.of(images, count, extractor, left, options.batch, what, options.listener);
            if (left.statistics()) {
                statistics = made.statistics();
                cache.store(key, statistics, dependencies);
            }
            if (left.features()) {
                features = made.features();
                cache.store(key, features, dependencies);
            }
        }
        int[] labels = IntStream.range(0, count).map(images::label).toArray();
        return new Extraction(count, statistics, features, null, labels);
    }

    private Map<String, String> dependencies() throws IOException {
        Protocol protocol = new Protocol().extractor(extractor);
        describe(protocol);
        Map<String, String> dependencies = protocol.ofReal();
        // The same images under another name have the same features.
        dependencies.remove("real");
        return dependencies;
    }

    void save(Path target) throws IOException {
        images("statistics to be saved");
        statistics().write(target);
    }
}
