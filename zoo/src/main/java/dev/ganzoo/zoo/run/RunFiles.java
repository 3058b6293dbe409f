package dev.ganzoo.zoo.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.json.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where things are in the directory of a training run. Reading is safe while another process trains in it.
 *
 * @param folder the run directory; it need not exist
 */
public record RunFiles(Path folder) {
    /** Whether a run was begun here. */
    public boolean isRun() {
        return Files.isRegularFile(recipe());
    }

    /** {@code recipe.json}: every hyperparameter. */
    public Path recipe() {
        return folder.resolve("recipe.json");
    }

    /**
     * What {@link #recipe} holds.
     *
     * @throws NoSuchFileException if there is no such folder
     * @throws IllegalArgumentException if the folder holds no run
     * @throws IOException if the file cannot be read
     */
    public ObjectNode readRecipe() throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        if (!isRun()) {
            throw new IllegalArgumentException(
                    "%s must be a run directory, but it has no %s".formatted(folder, recipe().getFileName()));
        }
        return JsonFiles.read(recipe());
    }

    /** The checkpoints; there may be none yet. */
    public Checkpoints checkpoints() {
        return new Checkpoints(folder.resolve("checkpoints"));
    }

    /** {@code metrics.jsonl}: what was measured at which step. */
    public MetricsFile metrics() {
        return new MetricsFile(folder.resolve("metrics.jsonl"));
    }

    /** {@code ended.txt}: after how many steps the run ended, and why; not there while it goes on, or if it was cut off. */
    public Path ending() {
        return folder.resolve("ended.txt");
    }

    /** The folder of sample grids. */
    public Path samples() {
        return folder.resolve("samples");
    }

    /** {@code mean.png}: the mean of the training images, where classes are learned. */
    public Path meanImage() {
        return folder.resolve("mean.png");
    }

    /** {@code evaluations.json}: the scores of samples with their protocols. */
    public Path evaluations() {
        return folder.resolve("evaluations.json");
    }
}
