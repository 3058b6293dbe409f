package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.List;

/** The registry of presets. */
public final class Presets {
    /**
     * The seed course's rule: from the mean image, 200 steps of {@code x += 0.1 · gradient - 0.001 · x · |x|} on pixels in
     * [-1, 1], clamped; of a channel, its spatial maximum. Nothing else: what comes out is what the network sees, not what
     * people do.
     */
    public static final Preset COURSE = course();

    /**
     * Lucid's recipe, for small images: Adam on Fourier coefficients of decorrelated colours, shifted by up to 1/24 of the
     * side at each step (1 pixel of 32, 9 of 224), with a little total variation, less for layers, whose gradients are
     * smaller; of a channel, its mean (Olah et al. 2017).
     */
    public static final Preset MODERN = modern();

    private static final List<Preset> ALL = List.of(COURSE, MODERN);

    private Presets() {}

    private static Preset course() {
        Settings settings = new Settings().with(s -> {
            s.space = Space.PIXELS;
            s.optimizer = Optimizer.ASCENT;
            s.spatial = Spatial.MAX;
            s.start = Start.mean();
            s.steps = 200;
            s.rate = 0.1;
            s.decay = 0.001;
        });
        String description = "the seed course's: the mean image, 200 steps of its update rule, on pixels";
        return new Preset("course", description, settings, settings);
    }

    private static Preset modern() {
        Settings settings = new Settings().with(s -> {
            s.space = Space.FOURIER;
            s.optimizer = Optimizer.ADAM;
            s.spatial = Spatial.MEAN;
            s.start = Start.noise();
            s.steps = 256;
            s.rate = 0.05;
            s.jitter = 1 / 24.0;
            s.totalVariation = 5e-3;
        });
        String description = "Olah et al. 2017: Adam on Fourier coefficients, jitter, total variation";
        return new Preset("modern", description, settings, settings.with(s -> s.totalVariation = 1e-4));
    }

    /** All of them. */
    public static List<Preset> all() {
        return ALL;
    }

    /** @throws InvalidRequestException if there is no such preset; suggests the nearest */
    public static Preset named(String name) {
        return ALL.stream()
                .filter(preset -> preset.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("preset", Suggestions.unknown("preset", name, names())));
    }

    /** The names of all of them. */
    public static List<String> names() {
        return ALL.stream().map(Preset::name).toList();
    }
}
