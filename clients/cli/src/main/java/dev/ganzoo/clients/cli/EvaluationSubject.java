package dev.ganzoo.clients.cli;

import dev.ganzoo.export.CheckpointChoice;
import dev.ganzoo.export.Exporter;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.ModelLoader;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.evaluate.EvaluationRequest;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.files.TemporaryFolder;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What is evaluated: a run (its checkpoint exported for the time being), a model, a dataset or a folder of images.
 *
 * @param request an evaluation of it
 * @param isModel whether it is a model, which has a card
 * @param generator what makes the images; null if they are there
 * @param source the images, where they are there; else null
 * @param open what to close afterwards
 */
record EvaluationSubject(
        EvaluationRequest request, boolean isModel, Generator generator, ImageSource source, List<AutoCloseable> open)
        implements AutoCloseable {
    /** Which checkpoint of a run: null for the latest; and whether its moving average: null for that if there is one. */
    record Checkpoint(CheckpointChoice choice, Boolean average) {}

    static EvaluationSubject open(
            GanZoo ganzoo, String what, ModelLoader loader, Checkpoint checkpoint, LoadOptions loading)
            throws IOException {
        String name = what.split(":", 2)[0];
        boolean dataset = Datasets.names().contains(name) || ganzoo.owns(name);
        Path path = Path.of(what);
        if (!dataset && new RunFiles(path).isRun()) {
            return run(ganzoo, path, loader, checkpoint);
        }
        if (checkpoint.choice() != null || checkpoint.average() != null) {
            throw new IllegalArgumentException("--checkpoint and --ema need a run directory, got " + what);
        }
        boolean model = Files.isRegularFile(path.resolve(ModelPackage.CARD)) || what.endsWith(".zip");
        boolean folder = Files.isDirectory(path) || what.matches(".+:(train|test)");
        if (dataset || folder && !model) {
            ImageSource images = ImageSource.named(what, loading, ganzoo.datasets());
            return new EvaluationSubject(EvaluationRequest.of(images), false, null, images, List.of());
        }
        Generator generator = loader.generator(what);
        return new EvaluationSubject(generator.evaluate(), true, generator, null, List.of(generator));
    }

    private static EvaluationSubject run(GanZoo ganzoo, Path run, ModelLoader loader, Checkpoint checkpoint)
            throws IOException {
        Exporter exporter = Exporter.of(run).architectures(ganzoo.recipes().architectures());
        exporter = checkpoint.choice() == null ? exporter : exporter.checkpoint(checkpoint.choice());
        exporter = checkpoint.average() == null ? exporter : exporter.movingAverage(checkpoint.average());
        TemporaryFolder folder = TemporaryFolder.create();
        try {
            Path exported = folder.path().resolve(name(run));
            exporter.write(exported);
            Generator generator = loader.generator(exported);
            EvaluationRequest request = generator.evaluate().keptIn(new RunFiles(run).evaluations());
            return new EvaluationSubject(request, false, generator, null, List.of(generator, folder));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** The images of a seed, truncated as said, or by the model's default if that is null. */
    ImageSource images(long seed, Truncation truncation) {
        if (generator == null) {
            return source;
        }
        return truncation == null ? ImageSource.of(generator, seed) : ImageSource.of(generator, seed, truncation);
    }

    /** The dataset that a generator learned; null if there is no generator. */
    String learned() {
        return generator == null ? null : generator.card().dataset();
    }

    /** A model's name like that of the folder. */
    private static String name(Path run) {
        String name = run.toAbsolutePath()
                .normalize()
                .getFileName()
                .toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]", "-");
        return "run-" + name.substring(0, Math.min(name.length(), 60)).replaceAll("\\.zip$", "");
    }

    @Override
    public void close() throws IOException {
        try {
            for (AutoCloseable each : open) {
                each.close();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
