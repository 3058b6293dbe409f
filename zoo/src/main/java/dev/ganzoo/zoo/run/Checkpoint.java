package dev.ganzoo.zoo.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.json.JsonFiles;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One checkpoint on the disk: its parts as safetensors files, and {@code state.json} with the size and the SHA-256 of each, which
 * are checked whenever a file is read.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Checkpoint {
    static final String STATE = "state.json";
    private static final String ENDING = ".safetensors";

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
            throw new NoSuchFileException(file.toString(), null, "expected the list of the checkpoint's parts");
        }
        JsonNode root = JsonFiles.read(file);
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
    public CheckpointState state() {
        return CheckpointState.read(root.path("state"));
    }

    /** The names of the parts, in the order they were written. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>();
        root.path("files")
                .fieldNames()
                .forEachRemaining(name -> parts.add(name.substring(0, name.length() - ENDING.length())));
        return parts;
    }

    /** Whether the checkpoint was written with a part of this name. */
    public boolean has(String part) {
        return root.path("files").has(fileName(part));
    }

    /** Where a part is, if there is one of this name. */
    public Path file(String part) {
        return folder.resolve(fileName(part));
    }

    /**
     * Reads one part after checking it.
     *
     * @throws NoSuchFileException if its file is missing
     * @throws IOException if the checkpoint was written without it, or its file is cut short or altered
     */
    public Safetensors read(String part) throws IOException {
        verify(part);
        return Safetensors.read(file(part));
    }

    /** Checks every part; what is thrown is as for {@link #read}. */
    public void verify() throws IOException {
        for (String part : parts()) {
            verify(part);
        }
    }

    private void verify(String part) throws IOException {
        if (!has(part)) {
            throw new IOException("%s has no %s (there are: %s)".formatted(folder, part, String.join(", ", parts())));
        }
        Path file = file(part);
        JsonNode expected = root.path("files").path(fileName(part));
        long bytes = expected.path("bytes").asLong(-1);
        String sha256 = expected.path("sha256").asText();
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "expected %d bytes".formatted(bytes));
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

    static String fileName(String part) {
        return part + ENDING;
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
