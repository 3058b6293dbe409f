package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.files.CacheFolder;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How good images are.
 *
 * <pre>{@code
 * EvaluationReport report = Zoo.load("sngan-proj").evaluate().against("cifar10").metrics("fid", "is").run();
 * }</pre>
 *
 * <p>By default a generator's 50,000 samples of seed 0, its classes in turn (or all images of another source), are judged
 * by FID, KID, IS and PRDC on the features of {@link Extractor#bundled()}, against the images that the generator learned.
 * Images pass through in pieces; FID and IS need little memory whatever their number, the others keep all features.
 *
 * <p>Immutable: every option gives a new request. Verbs that measure throw {@link InvalidRequestException} where options do
 * not go together, and {@link UncheckedIOException} where a file does not read.
 */
public final class EvaluationRequest {
    private static final int MOST_SAMPLES = 10_000_000;

    private final EvaluationOptions options;

    private EvaluationRequest(EvaluationOptions options) {
        this.options = options;
    }

    /** An evaluation of a generator's samples, against what its card says it learned. */
    public static EvaluationRequest of(Generator generator) {
        GeneratedImages samples = GeneratedImages.of(generator);
        String file = "%s-%.16s.json".formatted(generator.name(), samples.fingerprint());
        return of(samples)
                .with(o -> o.against = new Reference.Named(generator.card().dataset()))
                .keptIn(CacheFolder.named("evaluations").resolve(file));
    }

    /** An evaluation of any images. */
    public static EvaluationRequest of(ImageSource samples) {
        return new EvaluationRequest(new EvaluationOptions()).with(o -> o.samples = samples);
    }

    /**
     * Compares with a dataset by its name, with or without a split as in {@code cifar10:test} (otherwise {@code train}),
     * with the images of a folder, or with statistics in a file whose name ends with {@code .npz}. It is looked up when
     * the evaluation runs. Where samples come from a generator, real images are given its size as in training.
     */
    public EvaluationRequest against(String name) {
        return name.endsWith(".npz") ? against(Path.of(name)) : with(o -> o.against = new Reference.Named(name));
    }

    /** Compares with the images of a folder, or with statistics in an {@code .npz} file. @see #against(String) */
    public EvaluationRequest against(Path folderOrStatistics) {
        return folderOrStatistics.toString().endsWith(".npz")
                ? with(o -> o.against = new Reference.Statistics(folderOrStatistics))
                : with(o -> o.against = new Reference.Named(folderOrStatistics.toString()));
    }

    /** Compares with any images. */
    public EvaluationRequest against(ImageSource images) {
        return with(o -> o.against = new Reference.Images(images));
    }

    /** What to measure, by name. @throws InvalidRequestException if there is no such metric, naming the nearest */
    public EvaluationRequest metrics(String... names) {
        return metrics(Arrays.stream(names).map(Metric::parse).toArray(Metric[]::new));
    }

    /** What to measure. */
    public EvaluationRequest metrics(Metric... metrics) {
        InvalidRequestException.check(metrics.length > 0, "metrics", "metrics must be at least one", "none");
        return with(o -> o.metrics = Arrays.stream(metrics).distinct().toList());
    }

    /** How many samples to judge. @throws InvalidRequestException if it is not in 2..10,000,000 */
    public EvaluationRequest samples(int count) {
        return counted("samples", count, o -> o.count = count);
    }

    /** Only the first of the real images. @throws InvalidRequestException if it is not in 2..10,000,000 */
    public EvaluationRequest realImages(int count) {
        return counted("real images", count, o -> o.realCount = count);
    }

    private EvaluationRequest counted(String what, int count, Consumer<EvaluationOptions> change) {
        InvalidRequestException.check(
                count >= 2 && count <= MOST_SAMPLES, "samples", what + " must be in 2..10000000", count);
        return with(change);
    }

    /**
     * How often a generator is measured, each time with samples of the next seed: mean and standard deviation are over
     * these.
     *
     * @throws InvalidRequestException if it is not in 1..100
     */
    public EvaluationRequest repeats(int times) {
        InvalidRequestException.check(times >= 1 && times <= 100, "repeats", "repeats must be in 1..100", times);
        return with(o -> o.repeats = times);
    }

    /** The seed of the samples, and of whatever else is random; 0 if not said. */
    public EvaluationRequest seed(long seed) {
        return with(o -> o.seed = seed);
    }

    /** Truncation by ψ as in {@link dev.ganzoo.zoo.SampleRequest#truncation}. @throws IllegalArgumentException if not in (0, 2] */
    public EvaluationRequest truncation(double psi) {
        return truncated(Truncation.scaled(psi));
    }

    /** Truncation by either trick, or none; the model's default if not said. */
    public EvaluationRequest truncated(Truncation truncation) {
        return with(o -> o.truncation = Objects.requireNonNull(truncation, "truncation"));
    }

    /** Only one class, on both sides. */
    public EvaluationRequest ofClass(String name) {
        return with(o -> o.className = Objects.requireNonNull(name, "name"));
    }

    /** Which network judges. */
    public EvaluationRequest extractor(Extractor extractor) {
        return with(o -> o.extractor = Objects.requireNonNull(extractor, "extractor"));
    }

    /** Which network judges, by name. @see Extractor#named */
    public EvaluationRequest extractor(String nameOrPath) {
        return extractor(Extractor.named(nameOrPath));
    }

    /** Where the extractor runs; by default on a GPU if one works, else on the CPU. */
    public EvaluationRequest on(Device device) {
        return with(o -> o.device = Objects.requireNonNull(device, "device"));
    }

    /** How many images are in memory and computed at once. @throws InvalidRequestException if it is not in 1..4096 */
    public EvaluationRequest batch(int images) {
        InvalidRequestException.check(images >= 1 && images <= 4096, "batch", "batch must be in 1..4096", images);
        return with(o -> o.batch = images);
    }

    /** Into how many parts the inception score divides the samples; 10 if not said. */
    public EvaluationRequest splits(int parts) {
        InvalidRequestException.check(parts >= 1, "splits", "splits must be at least 1", parts);
        return with(o -> o.splits = parts);
    }

    /** How many subsets KID draws, and of how many images; 100 of 1000 if not said. */
    public EvaluationRequest subsets(int count, int size) {
        InvalidRequestException.check(count >= 1, "subsets", "subsets must be at least 1", count);
        InvalidRequestException.check(size >= 2, "subsets", "a subset must have at least 2 images", size);
        return with(o -> {
            o.subsets = count;
            o.subsetSize = size;
        });
    }

    /** How many neighbours precision, recall, density and coverage look at, among the first images; 5 and 10,000. */
    public EvaluationRequest neighbours(int count, int images) {
        InvalidRequestException.check(count >= 1, "neighbours", "neighbours must be at least 1", count);
        InvalidRequestException.check(
                images > count, "neighbours", "images must be more than the %d neighbours".formatted(count), images);
        return with(o -> {
            o.neighbours = count;
            o.neighbourImages = images;
        });
    }

    /** Keeps what is extracted from real images in another folder than the usual one. */
    public EvaluationRequest cache(Path folder) {
        return with(o -> o.cache = Objects.requireNonNull(folder, "folder"));
    }

    /**
     * Keeps scores in this file, and measures none anew that is in there with the same protocol, the SHA-256 of what made
     * the samples included. For models it is one in the cache if not said; for other images there is none.
     */
    public EvaluationRequest keptIn(Path file) {
        return with(o -> o.kept = Objects.requireNonNull(file, "file"));
    }

    /** Measures everything anew, whatever was kept. */
    public EvaluationRequest anew() {
        return with(o -> o.anew = true);
    }

    /** Writes mean and covariance of the real images' features to an {@code .npz} file, {@code mu} and {@code sigma}. */
    public EvaluationRequest saveStatistics(Path file) {
        return with(o -> o.saved = Objects.requireNonNull(file, "file"));
    }

    /** Who is told how it goes. */
    public EvaluationRequest listener(EvaluationListener listener) {
        return with(o -> o.listener = Objects.requireNonNull(listener, "listener"));
    }

    /** Measures. */
    public EvaluationReport run() {
        return measured(Evaluation::run);
    }

    /** Measures FID (and whatever else was asked for) within each class of the samples of the first seed. */
    public ClassReport perClass() {
        return measured(Evaluation::perClass);
    }

    /** Measures at each of several truncations, with the same seeds. */
    public TruncationCurve curve(Truncation... truncations) {
        InvalidRequestException.check(truncations.length > 0, "truncation", "truncations must be at least one", "none");
        return measured(evaluation -> evaluation.curve(List.of(truncations)));
    }

    private interface Verb<T> {
        T of(Evaluation evaluation) throws IOException;
    }

    private <T> T measured(Verb<T> verb) {
        try (Evaluation evaluation = Evaluation.of(options)) {
            return verb.of(evaluation);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private EvaluationRequest with(Consumer<EvaluationOptions> change) {
        EvaluationOptions changed = options.copy();
        change.accept(changed);
        return new EvaluationRequest(changed);
    }
}
