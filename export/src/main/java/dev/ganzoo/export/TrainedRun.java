package dev.ganzoo.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.architecture.Architecture;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run directory, as far as export needs it: {@code recipe.json} and {@code checkpoints/step-NNNNNNNN/}. Reading is safe
 * while another process trains in it.
 *
 * @param folder the run directory
 * @param recipe all of {@code recipe.json}
 * @param networks the networks that were trained
 */
record TrainedRun(Path folder, JsonNode recipe, Networks<?> networks) {
    static final String RECIPE = "recipe.json";
    private static final Pattern STEP = Pattern.compile("step-(\\d{8,18})");

    /** Of GanZoo's architectures, or of one of {@code others}. */
    static TrainedRun open(Path folder, List<Architecture<?>> others) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        Path file = folder.resolve(RECIPE);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "%s must be a run directory, but it has no %s".formatted(folder, RECIPE));
        }
        JsonNode recipe = JsonFiles.read(file);
        try {
            JsonNode architecture = JsonFiles.require(file, recipe, "/architecture");
            return new TrainedRun(folder, recipe, Architectures.read(architecture, others));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
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

    /** What the networks learned from, in words. */
    String data() throws IOException {
        JsonNode images = recipe.at("/dataset/images");
        return images.isIntegralNumber() ? "%s, %,d images".formatted(dataset(), images.longValue()) : dataset();
    }

    /** Everything in the recipe that is not said elsewhere in a card. */
    Map<String, Object> hyperparameters() throws IOException {
        Map<String, Object> all = JsonFiles.map(recipe);
        all.keySet().removeAll(List.of("recipe", "dataset"));
        return all;
    }

    /** What {@code metrics.jsonl} noted under this name at a step, the last time; null if it did not. */
    Double metric(String name, long step) throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        if (!Files.exists(file)) {
            return null;
        }
        Double found = null;
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                // A line that another process is writing at this moment does not end so.
                if (line.contains("\"" + name + "\"") && line.endsWith("}")) {
                    JsonNode entry = JsonFiles.parse(file, line);
                    found = entry.path("step").asLong() == step
                            ? Double.valueOf(entry.path("metrics").path(name).asDouble())
                            : found;
                }
            }
        }
        return found;
    }

    /** The checkpoint of that choice. */
    TrainedCheckpoint checkpoint(CheckpointChoice choice) throws IOException {
        List<Long> steps = steps();
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(folder + " must have a checkpoint, but it has none; train it first");
        }
        long last = steps.get(steps.size() - 1);
        long step = choice.kind() == CheckpointChoice.Kind.STEP ? choice.step() : last;
        if (choice.kind() == CheckpointChoice.Kind.BEST) {
            step = open(last)
                    .best()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "%s has no best checkpoint: nothing was measured while it was trained; choose a step (there are: %s)"
                                    .formatted(folder, join(steps))));
        }
        if (!steps.contains(step)) {
            throw new IllegalArgumentException(
                    "%s has no checkpoint of step %d (there are: %s)".formatted(folder, step, join(steps)));
        }
        return open(step);
    }

    private static String join(List<Long> steps) {
        return steps.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private TrainedCheckpoint open(long step) throws IOException {
        return TrainedCheckpoint.open(checkpoints().resolve("step-%08d".formatted(step)), step);
    }

    private List<Long> steps() throws IOException {
        if (!Files.isDirectory(checkpoints())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(checkpoints())) {
            return entries.map(entry -> STEP.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> Long.valueOf(matcher.group(1)))
                    .sorted()
                    .toList();
        }
    }

    private Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    private JsonNode required(String pointer) throws IOException {
        return JsonFiles.require(folder.resolve(RECIPE), recipe, pointer);
    }
}
