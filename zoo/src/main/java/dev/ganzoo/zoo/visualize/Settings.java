package dev.ganzoo.zoo.visualize;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How images are searched. A value that is never changed once {@link #with} has made it: the fields are not final only so
 * that a change of one need not name all others.
 */
final class Settings {
    Space space = Space.PIXELS;
    Optimizer optimizer = Optimizer.ASCENT;
    Spatial spatial = Spatial.MEAN;
    Start start = Start.grey();
    int steps = 200;
    double rate = 0.1;
    double decay;
    /** As a part of the image's shorter side. */
    double jitter;

    double scale;
    double rotation;
    double totalVariation;
    double l2;
    double l3;
    double blur;

    Settings with(Consumer<Settings> change) {
        Settings changed = new Settings();
        changed.space = space;
        changed.optimizer = optimizer;
        changed.spatial = spatial;
        changed.start = start;
        changed.steps = steps;
        changed.rate = rate;
        changed.decay = decay;
        changed.jitter = jitter;
        changed.scale = scale;
        changed.rotation = rotation;
        changed.totalVariation = totalVariation;
        changed.l2 = l2;
        changed.l3 = l3;
        changed.blur = blur;
        change.accept(changed);
        return changed;
    }

    /** The weight of a penalty. */
    double weight(Penalty penalty) {
        return switch (penalty) {
            case TOTAL_VARIATION -> totalVariation;
            case L2 -> l2;
            case L3 -> l3;
            case BLUR -> blur;
        };
    }

    Resampling.Range transformations(int height, int width) {
        return new Resampling.Range((int) Math.round(jitter * Math.min(height, width)), scale, rotation);
    }

    /** By name, for people; what is zero is left out. */
    Map<String, String> describe() {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("space", lower(space));
        text.put("optimizer", lower(optimizer));
        text.put("spatial", lower(spatial));
        text.put("start", lower(start.getClass().getSimpleName()));
        text.put("steps", Integer.toString(steps));
        putNonZero(text, "rate", rate);
        putNonZero(text, "decay", decay);
        putNonZero(text, "jitter of the side", jitter);
        putNonZero(text, "scale", scale);
        putNonZero(text, "rotation", rotation);
        putNonZero(text, "total variation", totalVariation);
        putNonZero(text, "l2", l2);
        putNonZero(text, "l3", l3);
        putNonZero(text, "blur", blur);
        return text;
    }

    private static void putNonZero(Map<String, String> text, String name, double value) {
        if (value != 0) {
            text.put(name, "%.4g".formatted(value));
        }
    }

    private static String lower(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
