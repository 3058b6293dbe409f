package dev.ganzoo.clients.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples of a model: {@code model.sample(64).ofClass("ship").truncation(0.8).seed(42)}.
 *
 * <p>Sample {@code i} of a seed is one image, whatever the count. By default the seed is random ({@link #seed()} tells it),
 * classes are drawn at random, and the truncation is the model's. Immutable: every option gives a new request.
 */
public final class SampleRequest extends ImageRequest {
    private static final String[] CLASSES = {"class", "classes", "each_class", "blend"};

    private SampleRequest(RemoteModel model, Map<String, Object> fields) {
        super(model, fields);
    }

    static SampleRequest of(RemoteModel model, int count) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", count);
        fields.put("seed", randomSeed());
        return new SampleRequest(model, fields);
    }

    /** Only samples of one class, by name (in any case) or index as text. */
    public SampleRequest ofClass(String nameOrIndex) {
        return set("class", nameOrIndex, CLASSES);
    }

    /** Only samples of the class with this index, from 0. */
    public SampleRequest ofClass(int index) {
        return set("class", index, CLASSES);
    }

    /** Samples of these classes in turn, and again from the first. */
    public SampleRequest ofClasses(String... namesOrIndices) {
        return set("classes", List.of(namesOrIndices), CLASSES);
    }

    /** As many samples as asked for of <em>each</em> class, the classes in turn: each column of the grid is a class. */
    public SampleRequest eachClass() {
        return set("each_class", true, CLASSES);
    }

    /** Samples of classes drawn at random, which is the default. */
    public SampleRequest ofAnyClass() {
        return set("each_class", false, CLASSES);
    }

    /** A mixture of classes <em>within</em> every image; the weights are divided by their sum. */
    public SampleRequest blend(Map<String, Double> weights) {
        return set("blend", Map.copyOf(weights), CLASSES);
    }

    /** Truncation by ψ in (0, 2]: short for {@link Truncation#scaled}. */
    public SampleRequest truncation(double psi) {
        return truncated(Truncation.scaled(psi));
    }

    /** Truncation by either trick, or none. */
    public SampleRequest truncated(Truncation truncation) {
        return set("truncation", truncation.text());
    }

    /** The seed that everything random comes from; any but -1, which stands for a random one in the API. */
    public SampleRequest seed(long seed) {
        if (seed == -1) {
            throw new IllegalArgumentException("seed must not be -1, which means a random one; leave it out for that");
        }
        return set("seed", seed);
    }

    /** Which sample of the seed is the first, from 0: {@code sample(8).firstIndex(8)} goes on where {@code sample(8)} ended. */
    public SampleRequest firstIndex(long index) {
        return set("index", index);
    }

    /** Enlarges pixels in pictures (not in tensors): 1..64. */
    public SampleRequest scale(int factor) {
        return set("scale", factor);
    }

    /** How many images stand in a row of the grid. */
    public SampleRequest columns(int columns) {
        return set("columns", columns);
    }

    /** The seed, given or drawn when this request was begun. */
    public long seed() {
        return (Long) fields.get("seed");
    }

    private SampleRequest set(String field, Object value, String... without) {
        return new SampleRequest(model, with(field, value, without));
    }
}
