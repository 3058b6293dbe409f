package dev.ganzoo.zoo.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.files.Folders;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.json.JsonFiles;
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
 *     writer.add("generator", weights).add(Parts.optimizerOf("generator"), moments).commit(state);
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class CheckpointWriter implements AutoCloseable {
    private final long step;
    private final Path target;
    private final Path partial;
    private final ObjectNode files = JsonFiles.object();
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
     * Writes one part of the checkpoint.
     *
     * @param part its name, such as {@code generator}; see {@link Parts}
     * @throws IllegalArgumentException if the name is not one, or was used before
     */
    public CheckpointWriter add(String part, Safetensors tensors) throws IOException {
        String name = Checkpoint.fileName(part);
        if (!part.matches("[a-z0-9][a-z0-9-]*") || files.has(name)) {
            throw new IllegalArgumentException(
                    "a part of a checkpoint must have a name of its own such as generator, got \"%s\"".formatted(part));
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
    public Checkpoint commit(CheckpointState state) throws IOException {
        ObjectNode root = JsonFiles.object().put("step", step);
        root.set("files", files);
        root.set("state", state.toJson());
        JsonFiles.write(partial.resolve(Checkpoint.STATE), root);
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
