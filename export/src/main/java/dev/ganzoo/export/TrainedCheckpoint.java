package dev.ganzoo.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A checkpoint of a run: safetensors files, and {@code state.json} with the size and the SHA-256 of each, which are
 * checked whenever a file is read.
 *
 * @param folder where it is
 * @param step how many steps had been trained
 * @param state all of {@code state.json}
 */
record TrainedCheckpoint(Path folder, long step, JsonNode state) {
    static final String GENERATOR = "generator.safetensors";
    static final String AVERAGED_GENERATOR = "generator-ema.safetensors";
    static final String DISCRIMINATOR = "discriminator.safetensors";
    static final String CLASSIFIER = "classifier.safetensors";
    static final String AVERAGED_CLASSIFIER = "classifier-ema.safetensors";
    static final String GOLDEN = "golden.safetensors";

    private static final String STATE = "state.json";

    static TrainedCheckpoint open(Path folder, long step) throws IOException {
        Path file = folder.resolve(STATE);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new TrainedCheckpoint(folder, step, JsonFiles.read(file));
    }

    /** Whether the moving average of the generator or classifier was kept. */
    boolean hasAverage() {
        return has(AVERAGED_GENERATOR) || has(AVERAGED_CLASSIFIER);
    }

    /** The step of the checkpoint that was the best so far, if anything was measured. */
    OptionalLong best() {
        JsonNode step = state.at("/state/best/step");
        return step.isIntegralNumber() ? OptionalLong.of(step.longValue()) : OptionalLong.empty();
    }

    /** Hours of training, or null if that was not noted. */
    Double hours() {
        JsonNode seconds = state.at("/state/seconds");
        return seconds.isNumber() ? Math.round(seconds.asDouble() / 36) / 100.0 : null;
    }

    /** What it was trained on, or empty if that was not noted. */
    String machine() {
        return state.at("/state/machine").asText("");
    }

    /** The tensors of a file after it was checked. */
    Safetensors read(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!has(name)) {
            throw new IOException("%s must list %s, which it does not".formatted(folder.resolve(STATE), name));
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        JsonNode entry = state.path("files").get(name);
        long bytes = JsonFiles.require(folder.resolve(STATE), entry, "/bytes").asLong();
        if (Files.size(file) != bytes) {
            throw new IOException("%s must have %d bytes, found %d: it was cut short or altered"
                    .formatted(file, bytes, Files.size(file)));
        }
        String sha256 =
                JsonFiles.require(folder.resolve(STATE), entry, "/sha256").asText();
        String found = Sha256.of(file);
        if (!found.equals(sha256)) {
            throw new IOException("%s must have sha256 %s, found %s: it was altered".formatted(file, sha256, found));
        }
        return Safetensors.read(file);
    }

    private boolean has(String name) {
        return state.path("files").has(name);
    }
}
