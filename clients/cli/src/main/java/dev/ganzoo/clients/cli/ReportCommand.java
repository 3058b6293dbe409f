package dev.ganzoo.clients.cli;

import dev.ganzoo.training.report.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ganzoo report}: the page about a training run. */
@Command(
        name = "report",
        description = "Write report.html of a training run anew: curves, samples, settings, networks.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run directory; also one that is being trained in.")
    private Path run;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter messages = spec.commandLine().getErr();
        messages.printf("wrote %s%n", RunReport.of(run, main.ganzoo().recipes()).save());
        messages.flush();
        return ExitCode.OK;
    }
}
