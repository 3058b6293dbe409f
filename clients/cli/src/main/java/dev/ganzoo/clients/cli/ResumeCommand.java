package dev.ganzoo.clients.cli;

import dev.ganzoo.training.TrainingRun;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.RunDirectory;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.run.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code ganzoo resume}: a run goes on from its latest checkpoint, exactly. */
@Command(
        name = "resume",
        description = "Go on with a training run, exactly where its latest checkpoint stands.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run directory.")
    private Path folder;

    @Option(
            names = "--data",
            paramLabel = "NAME|DIR",
            description = "Where the same data are now, if not where they were.")
    private String data;

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
        TrainingPlan plan = TrainingPlan.fromJson(
                new RunFiles(folder).readRecipe(), main.ganzoo().recipes());
        RunDirectory.requireSameRecipe(folder, plan.with(options.settings()).toJson());
        String source = data == null ? plan.data().name() : data;
        OptionalInt size = OptionalInt.of(plan.data().size());
        Dataset dataset = options.load(main.ganzoo(), source, size, plan.data().images(), messages);
        try (TrainingRun run = TrainingRun.resume(folder, main.ganzoo().recipes(), dataset, options.device())) {
            options.train(main.ganzoo(), run, source, folder, messages);
        }
        return ExitCode.OK;
    }
}
