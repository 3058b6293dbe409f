package dev.ganzoo.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.files.Folders;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.json.JsonFiles;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.run.MetricsFile;
import dev.ganzoo.zoo.run.RunFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of one training run, opened for writing by one process at a time.
 *
 * <pre>
 * recipe.json                   every hyperparameter, written once
 * checkpoints/step-NNNNNNNN/    see {@link Checkpoints}
 * samples/step-NNNNNNNN.png     see {@link SampleGrids}
 * progress.gif
 * mean.png                      the mean of the training images, where classes are learned
 * metrics.jsonl                 see {@link MetricsFile}
 * report.html                   all of it on one page
 * tensorboard/                  see {@link TensorBoardLog}
 * </pre>
 *
 * <p>Opening removes what a writer that was killed left half-written. Not safe for use by several threads; close frees
 * the folder for others and is idempotent.
 */
public final class RunDirectory implements AutoCloseable {
    private final RunFiles files;
    private final RunLock lock;
    private final JsonNode recipe;

    private RunDirectory(RunFiles files, RunLock lock, JsonNode recipe) {
        this.files = files;
        this.lock = lock;
        this.recipe = recipe;
    }

    /**
     * Starts a run in a new or empty folder, or opens the run of the same recipe that is there.
     *
     * @param recipe a JSON object with every hyperparameter
     * @throws IllegalArgumentException if the folder holds a run of another recipe; the message has a line for each
     *     difference
     * @throws IOException if the folder holds something else, or another process is training in it
     */
    public static RunDirectory create(Path folder, JsonNode recipe) throws IOException {
        RunFiles files = new RunFiles(folder);
        if (!files.isRun()) {
            requireEmpty(folder);
        }
        Files.createDirectories(folder);
        RunLock lock = RunLock.acquire(folder);
        try {
            if (files.isRun()) {
                requireSameRecipe(folder, recipe);
            } else {
                JsonFiles.write(files.recipe(), recipe);
            }
            return opened(files, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens the run that is in this folder.
     *
     * @throws NoSuchFileException if there is no such folder
     * @throws IllegalArgumentException if the folder holds no run
     * @throws IOException if another process is training in it, or its recipe cannot be read
     */
    public static RunDirectory open(Path folder) throws IOException {
        RunFiles files = new RunFiles(folder);
        files.readRecipe();
        RunLock lock = RunLock.acquire(folder);
        try {
            return opened(files, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Refuses a recipe that is not the one of the run.
     *
     * @throws IllegalArgumentException if they differ; the message has a line for each difference
     */
    public static void requireSameRecipe(Path folder, JsonNode asked) throws IOException {
        List<String> differences = RecipeDifference.between(new RunFiles(folder).readRecipe(), asked);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("the recipe of %s must not change, found %d %s:%n  %s%n%s"
                    .formatted(
                            folder,
                            differences.size(),
                            differences.size() == 1 ? "difference" : "differences",
                            String.join(System.lineSeparator() + "  ", differences),
                            "ask for the same again, or train in another folder"));
        }
    }

    /** The folder itself. */
    public Path folder() {
        return files.folder();
    }

    /** The recipe as it was written. */
    public JsonNode recipe() {
        return recipe.deepCopy();
    }

    /** Keeps the mean of the training images, where a package of the classifier finds it, unless it is there already. */
    public void keepMeanImage(Dataset dataset) throws IOException {
        Path file = files.meanImage();
        if (!Files.exists(file)) {
            BufferedImage mean = Pixels.image(UnitImages.toSigned(dataset.meanImage()), 0);
            AtomicFiles.write(file, Png.encode(mean));
        }
    }

    /** The checkpoints of this run. */
    public Checkpoints checkpoints() {
        return files.checkpoints();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static RunDirectory opened(RunFiles files, RunLock lock) throws IOException {
        for (Path place : List.of(files.folder(), files.checkpoints().folder(), files.samples())) {
            for (Path entry : Folders.list(place)) {
                if (AtomicFiles.isPartial(entry)) {
                    Folders.delete(entry);
                }
            }
        }
        return new RunDirectory(files, lock, files.readRecipe());
    }

    /** Hidden files do not count: a run that was killed before it wrote its recipe leaves some. */
    private static void requireEmpty(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " must be a folder, found a file");
        }
        List<String> names = Folders.list(folder).stream()
                .map(entry -> entry.getFileName().toString())
                .filter(name -> !name.startsWith("."))
                .toList();
        if (!names.isEmpty()) {
            throw new IOException("%s must be empty or a run directory, but it has no %s and holds %s"
                    .formatted(folder, new RunFiles(folder).recipe().getFileName(), String.join(", ", names)));
        }
    }
}
