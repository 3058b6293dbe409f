package dev.ganzoo.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A checkpoint in the making, in a hidden folder until {@link #commit} gives it its name. Closed without commit it
 * vanishes.
 *
 * <pre>{@code
 * try (CheckpointWriter writer = run.checkpoints().begin(500)) {
 *     writer.add("generator.safetensors", weights).add("optimizer-generator.safetensors", moments).commit(state);
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class CheckpointWriter implements AutoCloseable {
    private final long step;
    private final Path target;
    private final Path partial;
    private final ObjectNode files = Json.MAPPER.createObjectNode();
    private boolean committed;

    private CheckpointWriter(long step, Path target, Path partial) {
        this.step = step;
        this.target = target;
        this.partial = partial;
    }

    static CheckpointWriter begin(long step, Path target) throws IOException {
        Path partial = AtomicFiles.partialOf(target);
        Files.createDirectories(partial);
        return new CheckpointWriter(step, target, partial);
    }

    /**
     * Writes one file of the checkpoint.
     *
     * @param name a plain file name, such as {@code generator-ema.safetensors}
     * @throws IllegalArgumentException if the name is not one, or was used before
     */
    public CheckpointWriter add(String name, Safetensors tensors) throws IOException {
        if (!name.matches("[a-z0-9][a-z0-9.-]*\\.safetensors") || files.has(name)) {
            throw new IllegalArgumentException(
                    "a file of a checkpoint must have a name of its own such as generator.safetensors, got \"%s\""
                            .formatted(name));
        }
        Path file = partial.resolve(name);
        tensors.write(file);
        files.putObject(name).put("bytes", Files.size(file)).put("sha256", Sha256.of(file));
        return this;
    }

    /**
     * Makes the checkpoint visible, with everything forced to the disk before.
     *
     * @param state what else is needed to go on, given back by {@link Checkpoint#state()}
     */
    public Checkpoint commit(JsonNode state) throws IOException {
        ObjectNode root = Json.MAPPER.createObjectNode().put("step", step);
        root.set("files", files);
        root.set("state", state);
        Json.write(partial.resolve(Checkpoint.STATE), root);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        committed = true;
        AtomicFiles.sync(target.getParent());
        return Checkpoint.open(step, target);
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            Folders.delete(partial);
        }
    }
}
