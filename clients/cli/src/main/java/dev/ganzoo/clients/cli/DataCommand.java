package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.data.DatasetLoader;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ganzoo data}: which datasets there are, and getting them. */
@Command(name = "data", description = "List datasets and fetch them.", mixinStandardHelpOptions = true)
final class DataCommand implements Runnable {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Command(description = "List the datasets and where they are on this machine.", mixinStandardHelpOptions = true)
    void list() {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : Datasets.names()) {
            DatasetLoader dataset = Datasets.named(name);
            String place = dataset.find(LoadOptions.defaults())
                    .map(Path::toString)
                    .orElse("not on this machine; get it by: ganzoo data fetch " + name);
            out.printf("%-14s %s%n%-14s %s%n", name, dataset.description(), "", place);
        }
        for (DatasetLoader own : main.ganzoo().datasets()) {
            out.printf("%-14s %s%n", own.name(), own.description());
        }
        out.flush();
    }

    @Command(
            description = "Download a dataset unless it is on this machine, and check every file of it.",
            mixinStandardHelpOptions = true)
    void fetch(
            @Parameters(paramLabel = "NAME", description = "The dataset: see ganzoo data list.") String name,
            @Option(
                            names = "--folder",
                            paramLabel = "DIR",
                            description = "Check the files in this folder instead; downloads nothing.")
                    Path folder)
            throws IOException {
        LoadOptions options =
                folder == null ? LoadOptions.defaults() : LoadOptions.defaults().folder(folder);
        try (DownloadProgress progress = DownloadProgress.on(spec.commandLine().getErr())) {
            Path found = main.ganzoo().dataset(name).fetch(options.listener(progress));
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%s: complete and unaltered in %s%n", name, found);
            out.flush();
        }
    }

    @Command(
            description = "Write what a dataset looks like as one HTML page: classes, examples, mean images, channels,"
                    + " near-duplicates.",
            mixinStandardHelpOptions = true)
    void report(
            @Parameters(paramLabel = "NAME", description = "A dataset (see ganzoo data list) or a folder of images.")
                    String name,
            @Mixin ReportOptions options)
            throws IOException {
        options.write(main.ganzoo(), name, spec.commandLine().getErr());
    }

    /** Without a subcommand: the help. */
    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        out.flush();
    }
}
