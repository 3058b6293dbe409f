package dev.ganzoo.clients.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Images to be found, and how: {@code model.visualize().classes("cat").preset("course").steps(200).run()}.
 *
 * <p>By default by the preset {@code modern} under seed 0. The server checks what is asked. Immutable: every option gives a
 * new request. Safe for use by several threads.
 */
public final class VisualizationRequest {
    private final RemoteModel model;
    private final Map<String, Object> fields;
    private final Predicate<Progress> listener;
    private final int previewEvery;

    /**
     * How far a search has come.
     *
     * @param step the step just taken, from 1
     * @param total how many were asked for
     * @param objective the mean over all images
     * @param preview the images as they are, or null at most steps; see {@link VisualizationRequest#previewEvery}
     */
    public record Progress(int step, int total, double objective, Picture preview) {}

    VisualizationRequest(
            RemoteModel model, Map<String, Object> fields, Predicate<Progress> listener, int previewEvery) {
        this.model = model;
        this.fields = Collections.unmodifiableMap(fields);
        this.listener = listener;
        this.previewEvery = previewEvery;
    }

    /** The preset: {@code course} or {@code modern}. */
    public VisualizationRequest preset(String name) {
        return option("preset", name);
    }

    /** How many steps are taken. */
    public VisualizationRequest steps(int steps) {
        return option("steps", steps);
    }

    /** How far a step goes. */
    public VisualizationRequest rate(double rate) {
        return option("rate", rate);
    }

    /** From which all that is random is drawn. */
    public VisualizationRequest seed(long seed) {
        return option("seed", seed);
    }

    /** How many frames of progress a GIF has. */
    public VisualizationRequest frames(int frames) {
        return option("frames", frames);
    }

    /** Any option by its name in the API: {@code option("total_variation", 0.01)}. */
    public VisualizationRequest option(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new VisualizationRequest(model, changed, listener, previewEvery);
    }

    /**
     * Follows the search, and may end it: what it gives is whether to go on, and if not, the result is what has been
     * reached. Told on the thread that {@link #run}s, after each step or, where there are many, some.
     */
    public VisualizationRequest listener(Predicate<Progress> listener) {
        return new VisualizationRequest(model, fields, Objects.requireNonNull(listener, "listener"), previewEvery);
    }

    /** After how many steps the listener is given a picture; 0 for never. */
    public VisualizationRequest previewEvery(int steps) {
        return new VisualizationRequest(model, fields, listener, steps);
    }

    /**
     * Lets the server search, and waits for it.
     *
     * @throws GanZooException if it refuses or fails
     * @throws java.io.UncheckedIOException if it ends without a result
     */
    public Visualization run() {
        Map<String, Object> body = new LinkedHashMap<>(fields);
        body.put("preview_every", previewEvery);
        Reading reading = new Reading();
        model.events("visualize", body, reading::hear);
        return Visualization.of(model, reading.result());
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(fields, model.name());
    }

    /** What a stream tells, event by event. */
    private final class Reading {
        private String cancel;
        private boolean goOn = true;
        private JsonNode done;

        private void hear(String event, JsonNode data) {
            switch (event) {
                case "start" -> cancel = data.path("cancel").asText();
                case "progress" -> progress(data);
                case "done" -> done = data;
                case "problem" ->
                    throw GanZooException.of(data, data.path("status").asInt());
                default -> {}
            }
        }

        private void progress(JsonNode data) {
            if (!goOn) {
                return;
            }
            Picture preview = data.has("preview") ? Picture.of(data.path("preview")) : null;
            goOn = listener.test(new Progress(
                    data.path("step").asInt(),
                    data.path("total").asInt(),
                    data.path("objective").asDouble(),
                    preview));
            if (!goOn) {
                model.cancel(cancel);
            }
        }

        private JsonNode result() {
            if (done == null) {
                throw Transport.cutShort();
            }
            return done;
        }
    }
}
