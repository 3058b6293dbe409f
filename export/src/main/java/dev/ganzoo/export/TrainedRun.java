package dev.ganzoo.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.architecture.Architecture;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.rewrite.Weights;
import dev.ganzoo.zoo.json.JsonFiles;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.CheckpointState;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.run.RunFiles;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run as export sees it: what was trained, and how.
 *
 * @param files the run directory
 * @param recipe all of {@code recipe.json}
 * @param networks the networks that were trained
 */
record TrainedRun(RunFiles files, JsonNode recipe, Networks<?> networks) {
    /** Of GanZoo's architectures, or of one of {@code others}. */
    static TrainedRun open(Path folder, List<Architecture<?>> others) throws IOException {
        RunFiles files = new RunFiles(folder);
        JsonNode recipe = files.readRecipe();
        try {
            JsonNode architecture = JsonFiles.require(files.recipe(), recipe, "/architecture");
            return new TrainedRun(files, recipe, Architectures.read(architecture, others));
        } catch (IllegalArgumentException e) {
            throw new IOException(files.recipe() + ": " + e.getMessage(), e);
        }
    }

    String recipeName() throws IOException {
        return required("/recipe").asText();
    }

    String dataset() throws IOException {
        return required("/dataset/name").asText();
    }

    /** The names of the classes, in the order of the networks. */
    List<String> labels() throws IOException {
        List<String> labels = new ArrayList<>();
        required("/dataset/labels").forEach(label -> labels.add(label.asText()));
        return labels;
    }

    /** How the weights of a checkpoint came about. */
    ModelCard.Provenance provenance(Checkpoint checkpoint, boolean averaged) throws IOException {
        CheckpointState state = checkpoint.state();
        double hours = Math.round(state.seconds() / 36) / 100.0;
        return new ModelCard.Provenance(
                recipeName(), hyperparameters(), checkpoint.step(), averaged, hours, state.machine(), data());
    }

    /** Everything in the recipe that is not said elsewhere in a card. */
    private Map<String, Object> hyperparameters() {
        Map<String, Object> all = JsonFiles.map(recipe);
        all.keySet().removeAll(List.of("recipe", "dataset"));
        return all;
    }

    /** What the networks learned from, in words. */
    private String data() throws IOException {
        JsonNode images = recipe.at("/dataset/images");
        return images.isIntegralNumber() ? "%s, %,d images".formatted(dataset(), images.longValue()) : dataset();
    }

    /** The checkpoint of that choice. */
    Checkpoint checkpoint(CheckpointChoice choice) throws IOException {
        Checkpoints checkpoints = files.checkpoints();
        if (checkpoints.steps().isEmpty()) {
            throw new IllegalArgumentException(
                    files.folder() + " must have a checkpoint, but it has none; train it first");
        }
        return switch (choice.kind()) {
            case LAST -> checkpoints.latest().orElseThrow();
            case STEP -> checkpoints.at(choice.step());
            case BEST -> {
                CheckpointState.Best best = checkpoints
                        .latest()
                        .orElseThrow()
                        .state()
                        .best()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s has no best checkpoint: nothing was measured while it was trained; choose last or a step"
                                        .formatted(files.folder())));
                yield checkpoints.at(best.step());
            }
        };
    }

    /** {@code network} with the weights that are {@code part} of a checkpoint. */
    Graph bind(Graph network, Checkpoint checkpoint, String part) throws IOException {
        Safetensors weights = checkpoint.read(part);
        try {
            return Weights.bind(network, weights.tensors());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s must fit the architecture in recipe.json: %s".formatted(checkpoint.file(part), e.getMessage()),
                    e);
        }
    }

    private JsonNode required(String pointer) throws IOException {
        return JsonFiles.require(files.recipe(), recipe, pointer);
    }
}
