package dev.ganzoo.zoo.visualize;

import static dev.ganzoo.zoo.InvalidRequestException.check;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Images to be found, and how. By default by the preset {@link Presets#MODERN} under seed 0.
 *
 * <p>The result is a function of the request: of its seed, and for each image of what it maximises, not of what else is asked
 * for with it. Immutable: every option gives a new request; {@link #preset} sets all options up to {@link #start} anew, so it
 * comes first. Options throw {@link dev.ganzoo.zoo.InvalidRequestException} if they cannot have the value given. Costs nothing until {@link #run}, and is safe for use by several threads.
 */
public final class VisualizationRequest {
    /** The most values of all images together: what is held for each is some 20 bytes. */
    static final int MOST_VALUES = 1 << 25;

    private static final int MOST_STEPS = 100_000;
    private static final int MOST_FRAMES = 1000;
    private static final int BATCH = 16;

    final VisualizationSource source;
    final Target target;
    final Options options;

    /** All that is not about the target. */
    record Options(
            Preset preset, Settings settings, long seed, int batch, int frames, VisualizationListener listener) {}

    VisualizationRequest(VisualizationSource source, Target target) {
        this(source, target, defaults(source, target));
    }

    private VisualizationRequest(VisualizationSource source, Target target, Options options) {
        check(target.count() >= 1, "target", "what is maximised must be at least one", "none");
        long values = (long) target.count() * source.classifier().shape().values();
        check(
                values <= MOST_VALUES,
                "target",
                "images of one request may have at most %d values (here %d images)"
                        .formatted(
                                MOST_VALUES,
                                MOST_VALUES / source.classifier().shape().values()),
                values);
        this.source = source;
        this.target = target;
        this.options = options;
    }

    private static Options defaults(VisualizationSource source, Target target) {
        int batch = Math.min(BATCH, source.classifier().batch());
        return new Options(Presets.MODERN, Presets.MODERN.settings(target), 0, batch, 0, progress -> true);
    }

    /**
     * All options of a preset, in place of all given before; but a start image that was given stays.
     *
     * @throws dev.ganzoo.zoo.InvalidRequestException if there is none of this name; suggests the nearest
     */
    public VisualizationRequest preset(String name) {
        Preset preset = Presets.named(name);
        Start given = options.settings.start;
        Settings settings = preset.settings(target);
        settings = given instanceof Start.Image ? settings.with(s -> s.start = given) : settings;
        return with(new Options(preset, settings, options.seed, options.batch, options.frames, options.listener));
    }

    /** How many steps are taken, in 1..100000. */
    public VisualizationRequest steps(int steps) {
        check(steps >= 1 && steps <= MOST_STEPS, "steps", "steps must be in 1..%d".formatted(MOST_STEPS), steps);
        return set(s -> s.steps = steps);
    }

    /** How far a step goes: above 0. */
    public VisualizationRequest rate(double rate) {
        check(rate > 0 && Double.isFinite(rate), "rate", "rate must be above 0", rate);
        return set(s -> s.rate = rate);
    }

    /** By how much {@code x · |x|} each step of {@link Optimizer#ASCENT} draws x in [-1, 1] to mid grey; in [0, 1]. */
    public VisualizationRequest decay(double decay) {
        check(decay >= 0 && decay <= 1, "decay", "decay must be in [0, 1]", decay);
        return set(s -> s.decay = decay);
    }

    /** How a step is made of a gradient. */
    public VisualizationRequest optimizer(Optimizer optimizer) {
        Objects.requireNonNull(optimizer, "optimizer");
        return set(s -> s.optimizer = optimizer);
    }

    /** In which coordinates images are searched. */
    public VisualizationRequest space(Space space) {
        Objects.requireNonNull(space, "space");
        return set(s -> s.space = space);
    }

    /** {@link #space} of {@link Space#PIXELS}. */
    public VisualizationRequest pixels() {
        return space(Space.PIXELS);
    }

    /** {@link #space} of {@link Space#FOURIER}. */
    public VisualizationRequest fourier() {
        return space(Space.FOURIER);
    }

    /** What of a channel is maximised; of no effect on other targets. */
    public VisualizationRequest spatial(Spatial spatial) {
        Objects.requireNonNull(spatial, "spatial");
        return set(s -> s.spatial = spatial);
    }

    /** Shifts the image at each step by up to so many pixels down or up, right or left; less than its shorter side. */
    public VisualizationRequest jitter(int pixels) {
        ImageShape shape = source.classifier().shape();
        int side = Math.min(shape.height(), shape.width());
        check(pixels >= 0 && pixels < side, "jitter", "jitter must be in 0..%d pixels".formatted(side - 1), pixels);
        return set(s -> s.jitter = pixels / (double) side);
    }

    /** Enlarges the image at each step by a factor in {@code 1 ± deviation}; in [0, 1). */
    public VisualizationRequest scale(double deviation) {
        check(deviation >= 0 && deviation < 1, "scale", "scale must deviate from 1 by a number in [0, 1)", deviation);
        return set(s -> s.scale = deviation);
    }

    /** Turns the image at each step by up to so many degrees either way; in [0, 180]. */
    public VisualizationRequest rotation(double degrees) {
        check(degrees >= 0 && degrees <= 180, "rotation", "rotation must be in [0, 180] degrees", degrees);
        return set(s -> s.rotation = degrees);
    }

    /** Subtracts this times the total variation {@code Σ √(dx² + dy²)} of the pixels from the objective; at least 0. */
    public VisualizationRequest totalVariation(double weight) {
        return set(s -> s.totalVariation = checkedWeight("totalVariation", weight));
    }

    /** Subtracts this times {@code Σ x² / 2}, x = 2 · pixel - 1; at least 0. */
    public VisualizationRequest l2(double weight) {
        return set(s -> s.l2 = checkedWeight("l2", weight));
    }

    /** Subtracts this times {@code Σ |x|³ / 3}, x = 2 · pixel - 1; at least 0. */
    public VisualizationRequest l3(double weight) {
        return set(s -> s.l3 = checkedWeight("l3", weight));
    }

    /** Subtracts this times {@code ‖p - blurred p‖² / 2}: draws the image to its blurred self; at least 0. */
    public VisualizationRequest blur(double weight) {
        return set(s -> s.blur = checkedWeight("blur", weight));
    }

    /**
     * Where the search begins. Given images are checked here; how many there are, in {@link #run}.
     *
     * @throws dev.ganzoo.zoo.InvalidRequestException if given images have another shape than the network's, or pixels outside [0, 1]
     */
    public VisualizationRequest start(Start start) {
        if (Objects.requireNonNull(start, "start") instanceof Start.Image given) {
            Starts.batch(given.image(), source.classifier().shape());
        }
        return set(s -> s.start = start);
    }

    /** {@link #start(Start)} at {@link Start#image}. */
    public VisualizationRequest start(Tensor image) {
        return start(Start.image(image));
    }

    /** From which all that is random is drawn; any value. */
    public VisualizationRequest seed(long seed) {
        return with(
                new Options(options.preset, options.settings, seed, options.batch, options.frames, options.listener));
    }

    /** How many images the network is given at once; bounds memory and does not change the result. */
    public VisualizationRequest batch(int images) {
        int most = source.classifier().batch();
        check(images >= 1 && images <= most, "batch", "batch must be in 1..%d".formatted(most), images);
        return with(
                new Options(options.preset, options.settings, options.seed, images, options.frames, options.listener));
    }

    /** How many frames of progress are kept, from the start to the end, in 2..1000; otherwise 24, fewer of many images. */
    public VisualizationRequest frames(int frames) {
        check(frames >= 2 && frames <= MOST_FRAMES, "frames", "frames must be in 2..%d".formatted(MOST_FRAMES), frames);
        return with(
                new Options(options.preset, options.settings, options.seed, options.batch, frames, options.listener));
    }

    /** Follows the search, and may end it; in place of the listener before. */
    public VisualizationRequest listener(VisualizationListener listener) {
        Objects.requireNonNull(listener, "listener");
        return with(
                new Options(options.preset, options.settings, options.seed, options.batch, options.frames, listener));
    }

    /** How many images are searched. */
    public int count() {
        return target.count();
    }

    /** How many steps are taken. */
    public int steps() {
        return options.settings.steps;
    }

    /**
     * Searches, which takes a pass forward and back of the network for each step and image, and one more for the result.
     *
     * @throws dev.ganzoo.zoo.InvalidRequestException if start images are neither one nor as many as are searched, or too many frames are to
     *     be kept
     * @throws IllegalStateException if the model is closed
     * @throws ArithmeticException if an objective or a gradient is not finite
     */
    public Visualization run() {
        return new Search(this).run();
    }

    @Override
    public String toString() {
        return "%d × %s by %s".formatted(target.count(), target.titles().get(0), options.settings.describe());
    }

    private VisualizationRequest set(Consumer<Settings> change) {
        return with(new Options(
                options.preset,
                options.settings.with(change),
                options.seed,
                options.batch,
                options.frames,
                options.listener));
    }

    private VisualizationRequest with(Options changed) {
        return new VisualizationRequest(source, target, changed);
    }

    private static double checkedWeight(String option, double weight) {
        check(
                weight >= 0 && Double.isFinite(weight),
                option,
                "weight of %s must be at least 0".formatted(option),
                weight);
        return weight;
    }
}
