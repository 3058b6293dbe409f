package dev.ganzoo.clients.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Images that a server found. Immutable. */
public final class Visualization {
    private final RemoteModel model;
    private final List<Found> images;
    private final int steps;
    private final boolean complete;
    private final Picture grid;
    private final String gif;

    /**
     * One image.
     *
     * @param title what it maximises: {@code cat}, {@code conv4:15}
     * @param objective how far
     * @param withoutGradient whether the network gave no gradient at any step, so that the search did not lead it
     * @param picture the image, not enlarged
     */
    public record Found(String title, double objective, boolean withoutGradient, Picture picture) {}

    private Visualization(
            RemoteModel model, List<Found> images, int steps, boolean complete, Picture grid, String gif) {
        this.model = model;
        this.images = List.copyOf(images);
        this.steps = steps;
        this.complete = complete;
        this.grid = grid;
        this.gif = gif;
    }

    static Visualization of(RemoteModel model, JsonNode done) {
        List<Found> images = new ArrayList<>();
        done.path("images")
                .forEach(image -> images.add(new Found(
                        image.path("title").asText(),
                        image.path("objective").asDouble(),
                        image.path("without_gradient").asBoolean(),
                        Picture.of(image.path("png")))));
        return new Visualization(
                model,
                images,
                done.path("steps").asInt(),
                done.path("complete").asBoolean(),
                Picture.of(done.path("grid")),
                done.at("/links/gif").asText());
    }

    /** The images, in the order asked for. */
    public List<Found> images() {
        return images;
    }

    /** How many steps were taken. */
    public int steps() {
        return steps;
    }

    /** Whether all steps were taken; else the listener or the server ended the search. */
    public boolean complete() {
        return complete;
    }

    /** All images in one picture with their titles. */
    public Picture grid() {
        return grid;
    }

    /**
     * The bytes of an animated GIF of the progress, which the server is asked for.
     *
     * @throws GanZooException if it has been forgotten, since the server keeps the last few only
     */
    public byte[] gif() {
        return model.fetch(gif, "image/gif");
    }
}
