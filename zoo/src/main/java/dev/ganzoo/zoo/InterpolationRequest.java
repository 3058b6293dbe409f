package dev.ganzoo.zoo;

import dev.ganzoo.zoo.latent.Interpolations;
import dev.ganzoo.zoo.latent.Latents;
import dev.ganzoo.zoo.latent.Truncation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Frames on a path through a generator: {@code generator.interpolate(60).seeds(1, 2, 3).ofClass("cat").save(path)}.
 *
 * <p>The path goes through the latents of the seeds (spherically) and the classes (by mixtures of the two neighbours, whose
 * weights change evenly), through each list from its first to its last frame, at even speed in each part. Immutable: every
 * option gives a new request.
 */
public final class InterpolationRequest extends ImageRequest {
    private static final Duration FRAME_DELAY = Duration.ofMillis(60);

    private final int frames;
    private final List<Long> seeds;
    private final boolean seedsGiven;
    private final List<Integer> classes;
    private final Truncation truncation;
    private final boolean loop;
    private final int scale;

    private InterpolationRequest(
            Generator generator,
            int frames,
            List<Long> seeds,
            boolean seedsGiven,
            List<Integer> classes,
            Truncation truncation,
            boolean loop,
            int scale) {
        super(generator);
        this.frames = frames;
        this.seeds = seeds;
        this.seedsGiven = seedsGiven;
        this.classes = classes;
        this.truncation = truncation;
        this.loop = loop;
        this.scale = scale;
    }

    static InterpolationRequest of(Generator generator, int frames) {
        InvalidRequestException.check(frames >= 2, "frames", "frames must be at least 2", frames);
        List<Long> seeds = List.of(Generator.randomSeed(), Generator.randomSeed());
        int classes = generator.labels().size();
        List<Integer> anyClass = classes == 0 ? List.of() : List.of(Latents.label(seeds.get(0), 0, classes));
        Truncation truncation = generator.card().truncation().byDefault();
        return new InterpolationRequest(generator, frames, seeds, false, anyClass, truncation, false, 1);
    }

    /**
     * The path goes through the first latents of these seeds; one seed means that the latent stays.
     *
     * @throws InvalidRequestException if there is none
     */
    public InterpolationRequest seeds(long... seeds) {
        InvalidRequestException.check(seeds.length > 0, "seed", "seeds must be at least one", "none");
        List<Long> all = Arrays.stream(seeds).boxed().toList();
        return new InterpolationRequest(generator, frames, all, true, classes, truncation, loop, scale);
    }

    /**
     * All frames have this class.
     *
     * @param nameOrIndex the class's name, in any case, or its index from 0 as text
     * @throws InvalidRequestException if the generator has no such class
     */
    public InterpolationRequest ofClass(String nameOrIndex) {
        return ofClasses(nameOrIndex);
    }

    /**
     * The path goes through these classes. Where no seeds were given, the latent then stays, so that only the class
     * changes.
     *
     * @throws InvalidRequestException if there is none, or the generator has no such class
     */
    public InterpolationRequest ofClasses(String... namesOrIndices) {
        InvalidRequestException.check(namesOrIndices.length > 0, "class", "classes must be at least one", "none");
        List<Integer> labels =
                Arrays.stream(namesOrIndices).map(generator::label).toList();
        List<Long> through = !seedsGiven && labels.size() > 1 ? seeds.subList(0, 1) : seeds;
        return new InterpolationRequest(generator, frames, through, seedsGiven, labels, truncation, loop, scale);
    }

    /** Truncation by ψ. @see SampleRequest#truncation */
    public InterpolationRequest truncation(double psi) {
        return truncated(SampleRequest.checkedTruncation(psi));
    }

    /** Truncation by either trick, or none. */
    public InterpolationRequest truncated(Truncation truncation) {
        Objects.requireNonNull(truncation, "truncation");
        return new InterpolationRequest(generator, frames, seeds, seedsGiven, classes, truncation, loop, scale);
    }

    /** The path goes on from the last seed and class to the first, so that an animation repeats without a jump. */
    public InterpolationRequest loop() {
        return new InterpolationRequest(generator, frames, seeds, seedsGiven, classes, truncation, true, scale);
    }

    /** Enlarges pixels in pictures. @see SampleRequest#scale */
    public InterpolationRequest scale(int factor) {
        SampleRequest.checkScale(factor);
        return new InterpolationRequest(generator, frames, seeds, seedsGiven, classes, truncation, loop, factor);
    }

    @Override
    public int count() {
        return frames;
    }

    @Override
    public Truncation truncation() {
        return truncation;
    }

    /** The seeds of the path, given or drawn when this request was begun. */
    public List<Long> seeds() {
        return seeds;
    }

    @Override
    int scale() {
        return scale;
    }

    @Override
    int columns() {
        return 0;
    }

    @Override
    Duration frameDelay() {
        return FRAME_DELAY;
    }

    @Override
    Origin origin(int i) {
        Leg seedLeg = Leg.of(i, frames, seeds.size(), loop);
        float[] latent = Interpolations.spherical(latent(seedLeg.from()), latent(seedLeg.to()), seedLeg.progress());
        Map<String, String> text = describe();
        text.put("frame", Integer.toString(i));
        if (classes.isEmpty()) {
            return new Origin(i, -1, latent, new float[0], text);
        }
        Leg leg = Leg.of(i, frames, classes.size(), loop);
        int from = classes.get(leg.from()), to = classes.get(leg.to());
        float[] weights = Interpolations.linear(oneHot(from), oneHot(to), leg.progress());
        return new Origin(i, label(leg, from, to), latent, weights, text);
    }

    @Override
    Map<String, String> describe() {
        Map<String, String> text = modelText();
        text.put("seeds", list(seeds));
        text.put("classes", names());
        text.put("frames", Integer.toString(frames));
        return text;
    }

    @Override
    public String toString() {
        String through = classes.isEmpty() ? "" : "classes %s, ".formatted(names());
        return "%d frames of %s: %sseeds %s, truncation %s"
                .formatted(frames, generator.name(), through, list(seeds), truncation);
    }

    private String names() {
        return list(classes.stream().map(generator.labels()::get).toList());
    }

    private static String list(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private float[] latent(int waypoint) {
        return Latents.of(seeds.get(waypoint), 0, generator.card().latent().size(), truncation);
    }

    private float[] oneHot(int label) {
        return ClassChoice.oneHot(label, generator.labels().size());
    }

    private static int label(Leg leg, int from, int to) {
        boolean still = from == to || leg.progress() == 0;
        return still ? from : leg.progress() == 1 ? to : -1;
    }

    /** Between which two waypoints a frame lies, and how far from the first of them, from 0 to 1. */
    record Leg(int from, int to, double progress) {
        /** A loop comes back to its first waypoint one frame after its last frame. */
        static Leg of(int frame, int frames, int waypoints, boolean loop) {
            int legs = loop ? waypoints : waypoints - 1;
            if (waypoints == 1) {
                return new Leg(0, 0, 0);
            }
            double place = (double) frame * legs / (loop ? frames : frames - 1);
            int from = Math.min((int) place, legs - 1);
            return new Leg(from, (from + 1) % waypoints, place - from);
        }
    }
}
