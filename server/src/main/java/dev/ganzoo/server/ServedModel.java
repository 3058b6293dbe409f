package dev.ganzoo.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.Model;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A model as it is known to clients.
 *
 * @param name in addresses
 * @param card null if it does not read
 * @param model null if it is not loaded
 * @param preview bytes of a PNG, or null
 * @param problem why it cannot be used, or null
 */
record ServedModel(String name, ModelCard card, Model model, byte[] preview, String problem) {
    private static final int REVISION_DIGITS = 12;
    /** What of a card is of no use to a client. */
    private static final List<String> INTERNAL = List.of("format", "name", "files");

    /** @throws Problem if it is not loaded, or no generator */
    Generator generator() {
        if (loaded() instanceof Generator generator) {
            return generator;
        }
        throw wrongTask("it makes no images; see its attack and visualize");
    }

    /** @throws Problem if it is not loaded, or no classifier */
    Classifier classifier() {
        if (loaded() instanceof Classifier classifier) {
            return classifier;
        }
        throw wrongTask("only classifiers are attacked and visualized");
    }

    private Model loaded() {
        if (model == null) {
            throw new Problem(
                    Type.MODEL_UNAVAILABLE, "model", "model \"%s\" cannot be used: %s".formatted(name, problem));
        }
        return model;
    }

    private Problem wrongTask(String why) {
        return new Problem(Type.WRONG_TASK, "model", "model \"%s\" is a %s: %s".formatted(name, task(), why));
    }

    private String task() {
        return card.task().name().toLowerCase(Locale.ROOT);
    }

    /** A hash of the card, and so of all files, which the card has hashes of. */
    String hash() {
        return Sha256.of(card.json().getBytes(StandardCharsets.UTF_8));
    }

    /** Short for {@link #hash}: another one means other images. */
    String revision() {
        return hash().substring(0, REVISION_DIGITS);
    }

    /** A line in the list of models. */
    ObjectNode summary() {
        ObjectNode summary = Json.object();
        summary.put("name", name);
        summary.put("state", model != null ? "ready" : "unavailable");
        if (problem != null) {
            summary.put("problem", problem);
        }
        if (card != null) {
            summary.put("title", card.title());
            summary.put("task", task());
            summary.put("dataset", card.dataset());
            summary.put("classes", card.labels().size());
            summary.put("revision", revision());
        }
        links(summary);
        return summary;
    }

    /** All that is known of the model: the card's fields as in its file, and what this server adds. */
    ObjectNode details(Limits limits) {
        ObjectNode details = summary();
        if (card == null) {
            return details;
        }
        details.remove(List.of("classes", "links"));
        cardTree().properties().stream()
                .filter(field -> !INTERNAL.contains(field.getKey()))
                .forEach(field -> details.set(field.getKey(), field.getValue()));
        ObjectNode bounds = details.putObject("limits");
        if (card.task() == Task.GENERATOR) {
            ObjectNode range = details.withObjectProperty("truncation").putObject("range");
            range.put("above", 0).put("most", Truncation.MAX);
            bounds.put("count", limits.count()).put("pixels", limits.pixels());
        } else {
            Limits.Study study = limits.study();
            bounds.put("upload", study.upload()).put("passes", study.passes());
            bounds.put("images", study.images()).put("seconds", study.time().toSeconds());
        }
        links(details);
        return details;
    }

    private ObjectNode cardTree() {
        try {
            JsonNode tree = Json.read(card.json().getBytes(StandardCharsets.UTF_8));
            return (ObjectNode) tree;
        } catch (IOException e) {
            throw new UncheckedIOException("the card of \"%s\" does not read back".formatted(name), e);
        }
    }

    private void links(ObjectNode node) {
        ObjectNode links = node.putObject("links");
        links.put("self", "/v1/models/" + name);
        if (model instanceof Generator) {
            links.put("sample", "/v1/models/" + name + "/sample");
        }
        if (model instanceof Classifier) {
            links.put("attack", "/v1/models/" + name + "/attack");
            links.put("visualize", "/v1/models/" + name + "/visualize");
            links.put("layers", "/v1/models/" + name + "/layers");
        }
        if (preview != null) {
            links.put("preview", "/v1/models/" + name + "/preview.png");
        }
    }
}
