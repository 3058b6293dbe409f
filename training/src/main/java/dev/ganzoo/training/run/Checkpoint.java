package dev.ganzoo.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One checkpoint on the disk: safetensors files, and {@code state.json} with the size and the SHA-256 of each, which
 * are checked whenever a file is read.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Checkpoint {
    static final String STATE = "state.json";

    private final long step;
    private final Path folder;
    private final JsonNode root;

    private Checkpoint(long step, Path folder, JsonNode root) {
        this.step = step;
        this.folder = folder;
        this.root = root;
    }

    static Checkpoint open(long step, Path folder) throws IOException {
        Path file = folder.resolve(STATE);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file + " is missing: expected the list of the checkpoint's files");
        }
        JsonNode root = Json.read(file);
        if (!root.path("step").isIntegralNumber() || root.path("step").longValue() != step) {
            throw new IOException(
                    "%s must say step %d as its folder does, found %s".formatted(file, step, root.path("step")));
        }
        return new Checkpoint(step, folder, root);
    }

    /** How many steps had been trained. */
    public long step() {
        return step;
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** What was given to {@link CheckpointWriter#commit}. */
    public JsonNode state() {
        return root.path("state").deepCopy();
    }

    /** The names of the safetensors files, in the order they were written. */
    public List<String> files() {
        List<String> names = new ArrayList<>();
        root.path("files").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Whether the checkpoint has a file of this name. */
    public boolean has(String name) {
        return root.path("files").has(name);
    }

    /**
     * Reads one file after checking it.
     *
     * @throws IllegalArgumentException if the checkpoint was written without a file of this name
     * @throws NoSuchFileException if the file was there and is missing
     * @throws IOException if the file is cut short or altered
     */
    public Safetensors read(String name) throws IOException {
        verify(name);
        return Safetensors.read(folder.resolve(name));
    }

    /** Checks every file; what is thrown is as for {@link #read}. */
    public void verify() throws IOException {
        for (String name : files()) {
            verify(name);
        }
    }

    private void verify(String name) throws IOException {
        if (!has(name)) {
            throw new IllegalArgumentException(
                    "%s has no %s (there are: %s)".formatted(folder, name, String.join(", ", files())));
        }
        Path file = folder.resolve(name);
        long bytes = root.path("files").path(name).path("bytes").asLong(-1);
        String sha256 = root.path("files").path(name).path("sha256").asText();
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file + " is missing: expected " + bytes + " bytes");
        }
        if (Files.size(file) != bytes) {
            throw new IOException("%s must have %d bytes, found %d: the file is %s"
                    .formatted(file, bytes, Files.size(file), Files.size(file) < bytes ? "cut short" : "altered"));
        }
        String found = Sha256.of(file);
        if (!found.equals(sha256)) {
            throw new IOException(
                    "%s must have sha256 %s, found %s: the file was altered".formatted(file, sha256, found));
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
