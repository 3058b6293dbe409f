package dev.ganzoo.clients.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code ganzoo} command.
 *
 * <p>Each subcommand is one class, listed below by one line. A command returns normally or throws: an
 * {@link IllegalArgumentException} is a mistake in what was asked for (exit code 2), anything else a failure (exit code
 * 1). {@link Failures} prints both as one line on standard error; {@code --verbose} adds the stack trace.
 */
@Command(
        name = "ganzoo",
        description = "A model zoo for GANs: train, export, sample, serve.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HelpCommand.class,
            RecipesCommand.class,
            DataCommand.class,
            TrainCommand.class,
            ResumeCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            ModelsCommand.class,
            SampleCommand.class,
            EvaluateCommand.class,
            AttackCommand.class,
            VisualizeCommand.class,
            ServeCommand.class,
        })
public final class Main implements Runnable {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error (also: GANZOO_DEBUG=1).")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private final GanZoo ganzoo;

    private Main(GanZoo ganzoo) {
        this.ganzoo = ganzoo;
    }

    /** Runs the command line and ends the process with its exit code: 0, 1 (failure) or 2 (usage). */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, with output going to standard output and errors to standard error. */
    static CommandLine commandLine() {
        return commandLine(GanZoo.PLAIN);
    }

    /** The same with recipes and datasets of a program's own. */
    static CommandLine commandLine(GanZoo ganzoo) {
        Main main = new Main(ganzoo);
        Failures failures = new Failures(() -> main.verbose || System.getenv("GANZOO_DEBUG") != null);
        return new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** The recipes and datasets that commands know. */
    GanZoo ganzoo() {
        return ganzoo;
    }

    /** Without a command: the help. */
    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        out.flush();
    }
}
