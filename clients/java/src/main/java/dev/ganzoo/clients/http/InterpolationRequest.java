package dev.ganzoo.clients.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames on a path through a model: {@code model.interpolate(60).seeds(1, 2, 3).ofClass("cat").save(path)}.
 *
 * <p>The path goes through the latents of the seeds (spherically) and the classes (by mixtures of two neighbours).
 * Immutable: every option gives a new request.
 */
public final class InterpolationRequest extends ImageRequest {
    private final List<Long> drawn;

    private InterpolationRequest(RemoteModel model, Map<String, Object> fields, List<Long> drawn) {
        super(model, fields);
        this.drawn = drawn;
    }

    static InterpolationRequest of(RemoteModel model, int frames) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("frames", frames);
        return new InterpolationRequest(model, fields, List.of(randomSeed(), randomSeed()));
    }

    /** The path goes through the first latents of these seeds; one seed means that the latent stays. */
    public InterpolationRequest seeds(long... seeds) {
        return set("seeds", Arrays.stream(seeds).boxed().toList());
    }

    /** All frames have this class, by name (in any case) or index as text. */
    public InterpolationRequest ofClass(String nameOrIndex) {
        return ofClasses(nameOrIndex);
    }

    /** The path goes through these classes. Where no seeds were given, the latent then stays. */
    public InterpolationRequest ofClasses(String... namesOrIndices) {
        return set("classes", List.of(namesOrIndices));
    }

    /** Truncation by ψ in (0, 2]: short for {@link Truncation#scaled}. */
    public InterpolationRequest truncation(double psi) {
        return truncated(Truncation.scaled(psi));
    }

    /** Truncation by either trick, or none. */
    public InterpolationRequest truncated(Truncation truncation) {
        return set("truncation", truncation.text());
    }

    /** The path goes on from the last seed and class to the first, so that an animation repeats without a jump. */
    public InterpolationRequest loop() {
        return set("loop", true);
    }

    /** Enlarges pixels in pictures: 1..64. */
    public InterpolationRequest scale(int factor) {
        return set("scale", factor);
    }

    /** The seeds of the path, given or drawn when this request was begun. */
    @SuppressWarnings("unchecked")
    public List<Long> seeds() {
        List<Long> given = (List<Long>) fields.get("seeds");
        boolean manyClasses = fields.get("classes") instanceof List<?> classes && classes.size() > 1;
        return given != null ? given : manyClasses ? drawn.subList(0, 1) : drawn;
    }

    @Override
    Map<String, Object> body() {
        return with("seeds", seeds());
    }

    private InterpolationRequest set(String field, Object value) {
        return new InterpolationRequest(model, with(field, value), drawn);
    }
}
