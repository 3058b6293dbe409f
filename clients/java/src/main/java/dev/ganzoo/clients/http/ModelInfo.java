package dev.ganzoo.clients.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a server says of a model.
 *
 * @param name to ask for it by
 * @param problem why it cannot be used; null if it can
 * @param title one line for people; null if the model's card does not read, as the rest then is null, empty or 0
 * @param description some sentences, or empty
 * @param task {@code generator}, which is sampled, or {@code classifier}, which is attacked and visualised
 * @param dataset what it learned from
 * @param labels names of its classes; empty if it is unconditional
 * @param latentSize components of a latent; 0 of a classifier
 * @param channels of its images: 1 (grey) or 3 (RGB)
 * @param height of its images in pixels
 * @param width of its images in pixels
 * @param truncation taken where a request says nothing; none of a classifier
 * @param recommendedTruncation for good single images
 * @param licence of its weights
 * @param revision another one means other images
 * @param maxCount most images in one answer; 0 of a classifier
 */
public record ModelInfo(
        String name,
        String problem,
        String title,
        String description,
        String task,
        String dataset,
        List<String> labels,
        int latentSize,
        int channels,
        int height,
        int width,
        Truncation truncation,
        Truncation recommendedTruncation,
        String licence,
        String revision,
        int maxCount) {

    /** Copies the labels. */
    public ModelInfo {
        labels = List.copyOf(labels);
    }

    /** Whether the model can be used. */
    public boolean ready() {
        return problem == null;
    }

    static ModelInfo of(JsonNode model) {
        List<String> labels = new ArrayList<>();
        model.path("labels").forEach(label -> labels.add(label.asText()));
        JsonNode image = model.path("image");
        return new ModelInfo(
                model.path("name").asText(),
                model.path("problem").asText(null),
                model.path("title").asText(null),
                model.path("description").asText(""),
                model.path("task").asText(null),
                model.path("dataset").asText(null),
                Collections.unmodifiableList(labels),
                model.at("/latent/size").asInt(),
                image.path("channels").asInt(),
                image.path("height").asInt(),
                image.path("width").asInt(),
                new Truncation(model.at("/truncation/default").asText("none")),
                new Truncation(model.at("/truncation/recommended").asText("none")),
                model.path("licence").asText(null),
                model.path("revision").asText(null),
                model.at("/limits/count").asInt());
    }
}
