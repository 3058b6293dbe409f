package dev.ganzoo.zoo;

import dev.ganzoo.zoo.latent.Latents;
import dev.ganzoo.zoo.latent.Truncation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Samples of a generator: {@code generator.sample(64).ofClass("ship").truncation(0.8).seed(42)}.
 *
 * <p>Sample {@code i} of a seed has one latent and, where classes are drawn at random, one class, whatever the count. By
 * default the seed is random ({@link #seed()} tells it), classes are drawn at random, and the truncation is that of the
 * model's card. Immutable: every option gives a new request.
 */
public final class SampleRequest extends ImageRequest {
    private static final Duration FRAME_DELAY = Duration.ofMillis(300);

    private final int count;
    private final ClassChoice classes;
    private final Truncation truncation;
    private final long seed;
    private final long firstIndex;
    private final int scale;

    private SampleRequest(
            Generator generator,
            int count,
            ClassChoice classes,
            Truncation truncation,
            long seed,
            long firstIndex,
            int scale) {
        super(generator);
        this.count = count;
        this.classes = classes;
        this.truncation = truncation;
        this.seed = seed;
        this.firstIndex = firstIndex;
        this.scale = scale;
    }

    static SampleRequest of(Generator generator, int count) {
        InvalidRequestException.check(count >= 1, "count", "count must be at least 1", count);
        Truncation truncation = generator.card().truncation().byDefault();
        return new SampleRequest(generator, count, anyClass(generator), truncation, Generator.randomSeed(), 0, 1);
    }

    static ClassChoice anyClass(Generator generator) {
        return generator.card().conditional()
                ? new ClassChoice.AtRandom(generator.labels().size())
                : new ClassChoice.None();
    }

    /**
     * Only samples of one class.
     *
     * @param nameOrIndex the class's name, in any case, or its index from 0 as text
     * @throws InvalidRequestException if the generator has no such class
     */
    public SampleRequest ofClass(String nameOrIndex) {
        return with(turn(List.of(generator.label(nameOrIndex)), false));
    }

    /** Only samples of the class with this index, from 0. @see #ofClass(String) */
    public SampleRequest ofClass(int index) {
        return with(turn(List.of(generator.label(index)), false));
    }

    /** Samples of these classes in turn, and again from the first. @see #ofClass(String) */
    public SampleRequest ofClasses(String... namesOrIndices) {
        InvalidRequestException.check(namesOrIndices.length > 0, "class", "classes must be at least one", "none");
        return with(turn(Arrays.stream(namesOrIndices).map(generator::label).toList(), false));
    }

    /**
     * As many samples as asked for of <em>each</em> class: {@code count} times the number of classes, the classes in turn,
     * which makes each column of the grid a class.
     *
     * @throws InvalidRequestException if the generator knows no classes, or that are too many
     */
    public SampleRequest eachClass() {
        generator.label(0);
        int all = generator.labels().size();
        InvalidRequestException.check(
                (long) count * all <= Integer.MAX_VALUE, "count", "count of each class is too large", count);
        return with(turn(IntStream.range(0, all).boxed().toList(), true));
    }

    /** Samples of classes drawn at random, which is the default. */
    public SampleRequest ofAnyClass() {
        return with(anyClass(generator));
    }

    /**
     * A mixture of classes <em>within</em> every image: {@code blend(Map.of("cat", 0.5, "dog", 0.5))}.
     *
     * @param weights by class name or index, at least 0 and not all 0; they are divided by their sum
     * @throws InvalidRequestException if they are not so
     */
    public SampleRequest blend(Map<String, Double> weights) {
        return with(new ClassChoice.Blend(mixture(generator, weights)));
    }

    /**
     * Truncation by ψ: short for {@link Truncation#scaled}, latents from a normal truncated at ±2 and multiplied by ψ. For
     * BigGAN's truncation trick give {@link Truncation#resampled} to {@link #truncated}.
     *
     * @param psi in (0, 2]
     * @throws InvalidRequestException if it is not
     */
    public SampleRequest truncation(double psi) {
        return truncated(checkedTruncation(psi));
    }

    /** Truncation by either trick, or none. */
    public SampleRequest truncated(Truncation truncation) {
        Objects.requireNonNull(truncation, "truncation");
        return new SampleRequest(generator, count, classes, truncation, seed, firstIndex, scale);
    }

    /** The seed that everything random comes from; any value is one. */
    public SampleRequest seed(long seed) {
        return new SampleRequest(generator, count, classes, truncation, seed, firstIndex, scale);
    }

    /**
     * Which sample of the seed is the first: {@code sample(8).firstIndex(8)} goes on where {@code sample(8)} ended.
     *
     * @param index at least 0; by default 0
     * @throws InvalidRequestException if it is not
     */
    public SampleRequest firstIndex(long index) {
        InvalidRequestException.check(
                index >= 0 && index <= Long.MAX_VALUE - Integer.MAX_VALUE,
                "firstIndex",
                "first index must be at least 0 and far from overflow",
                index);
        return new SampleRequest(generator, count, classes, truncation, seed, index, scale);
    }

    /**
     * Enlarges pixels in pictures (not in tensors).
     *
     * @param factor in 1..64; by default 1
     * @throws InvalidRequestException if it is not
     */
    public SampleRequest scale(int factor) {
        checkScale(factor);
        return new SampleRequest(generator, count, classes, truncation, seed, firstIndex, factor);
    }

    @Override
    public int count() {
        return count * Math.max(1, columns());
    }

    @Override
    public Truncation truncation() {
        return truncation;
    }

    /** The seed, given or drawn when this request was begun. */
    public long seed() {
        return seed;
    }

    @Override
    int scale() {
        return scale;
    }

    @Override
    int columns() {
        return classes instanceof ClassChoice.InTurn turn && turn.countEach()
                ? generator.labels().size()
                : 0;
    }

    @Override
    Duration frameDelay() {
        return FRAME_DELAY;
    }

    @Override
    Origin origin(int i) {
        long index = firstIndex + i;
        float[] latent = Latents.of(seed, index, generator.card().latent().size(), truncation);
        int label = classes.label(seed, index);
        Map<String, String> text = seedText(index);
        text.put("class", label >= 0 ? generator.labels().get(label) : classes.describe(generator.labels()));
        return new Origin(index, label, latent, classes.weights(seed, index), text);
    }

    @Override
    Map<String, String> describe() {
        Map<String, String> text = seedText(firstIndex);
        text.put("count", Integer.toString(count()));
        text.put("class", classes.describe(generator.labels()));
        return text;
    }

    @Override
    public String toString() {
        String first = firstIndex == 0 ? "" : " from sample " + firstIndex;
        String ofClass = generator.card().conditional() ? "class " + classes.describe(generator.labels()) + ", " : "";
        return "%d %s of %s: %sseed %d%s, truncation %s"
                .formatted(
                        count(), count() == 1 ? "image" : "images", generator.name(), ofClass, seed, first, truncation);
    }

    static void checkScale(int factor) {
        InvalidRequestException.check(factor >= 1 && factor <= 64, "scale", "scale must be in 1..64", factor);
    }

    static Truncation checkedTruncation(double psi) {
        try {
            return Truncation.scaled(psi);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("truncation", e.getMessage());
        }
    }

    private static float[] mixture(Generator generator, Map<String, Double> weights) {
        float[] mixture = new float[generator.labels().size()];
        double sum = 0;
        for (var weight : weights.entrySet()) {
            InvalidRequestException.check(
                    weight.getValue() >= 0 && Double.isFinite(weight.getValue()),
                    "class",
                    "weight of class \"%s\" must be at least 0".formatted(weight.getKey()),
                    weight.getValue());
            sum += weight.getValue();
        }
        InvalidRequestException.check(sum > 0, "class", "class weights must not all be 0", weights);
        for (var weight : weights.entrySet()) {
            mixture[generator.label(weight.getKey())] += (float) (weight.getValue() / sum);
        }
        return mixture;
    }

    private Map<String, String> seedText(long index) {
        Map<String, String> text = modelText();
        text.put("seed", Long.toString(seed));
        text.put("index", Long.toString(index));
        return text;
    }

    private ClassChoice turn(List<Integer> labels, boolean countEach) {
        return new ClassChoice.InTurn(labels, generator.labels().size(), countEach);
    }

    private SampleRequest with(ClassChoice choice) {
        return new SampleRequest(generator, count, choice, truncation, seed, firstIndex, scale);
    }
}
