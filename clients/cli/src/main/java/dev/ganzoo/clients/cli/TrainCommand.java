package dev.ganzoo.clients.cli;

import dev.ganzoo.training.TrainingRun;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ganzoo train}: a new training run. */
@Command(name = "train", description = "Train a GAN or a classifier.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE", description = "What to train: see ganzoo recipes.")
    private String recipe;

    @Option(
            names = "--data",
            paramLabel = "NAME|DIR",
            required = true,
            description = "A dataset (see ganzoo data list), or a folder of images with one subfolder a class.")
    private String data;

    @Option(names = "--limit", paramLabel = "N", description = "Use the first N images only.")
    private Integer limit;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Height and width of the images, for networks of that size; the recipe's own if not given.")
    private Integer size;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The run directory to create.")
    private Path out;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of all randomness (${DEFAULT-VALUE}).")
    private long seed = 0;

    @Mixin
    private TrainingOptions options;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        options.prepare();
        PrintWriter messages = spec.commandLine().getErr();
        Recipe chosen = main.ganzoo().recipes().named(recipe);
        // A misspelt setting is told before data are downloaded.
        DataSpec like = size == null ? chosen.example() : chosen.example().sized(size);
        TrainingPlan example = TrainingPlan.of(chosen, like, seed).with(options.settings());
        OptionalInt pixels = size == null ? example.imageSize() : OptionalInt.of(size);
        Dataset dataset = options.load(main.ganzoo(), data, pixels, limit, messages);
        TrainingPlan plan = TrainingPlan.of(chosen, DataSpec.of(sourceName(), dataset), seed)
                .with(options.settings());
        try (TrainingRun run = TrainingRun.start(plan, dataset, out, options.device())) {
            options.train(main.ganzoo(), run, data, out, messages);
        }
        return ExitCode.OK;
    }

    /** A folder by its full path, so that the run can be resumed from any place. */
    private String sourceName() {
        if (main.ganzoo().owns(data)) {
            return data;
        }
        Path folder = Path.of(data);
        return Files.isDirectory(folder) ? folder.toAbsolutePath().normalize().toString() : data;
    }
}
