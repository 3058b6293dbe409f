package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.text.Suggestions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user of an error in one line, {@code ganzoo: message}, and chooses the exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier withStackTrace;

    Failures(BooleanSupplier withStackTrace) {
        this.withStackTrace = withStackTrace;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        boolean unmatched = failure instanceof UnmatchedArgumentException;
        report(failure, unmatched ? describe((UnmatchedArgumentException) failure) : failure.getMessage(), err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Throwable told = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        Optional<String> message = messageForUsers(told);
        report(failure, message.orElse("unexpected error: " + failure), err);
        if (message.isEmpty() && !withStackTrace.getAsBoolean()) {
            err.println("Run it again with --verbose for the stack trace.");
        }
        err.flush();
        return told instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private void report(Throwable failure, String message, PrintWriter err) {
        err.println("ganzoo: " + message);
        if (withStackTrace.getAsBoolean()) {
            failure.printStackTrace(err);
        }
    }

    /** What to tell the user, or empty if the error is one of ours, which only its name and stack trace explain. */
    private static Optional<String> messageForUsers(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return Optional.empty();
        }
        boolean meantForUsers = failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof UnsupportedOperationException
                || failure.getClass().getPackageName().startsWith("dev.ganzoo.");
        if (failure instanceof IOException problem) {
            return Optional.of(describe(problem));
        }
        return meantForUsers ? Optional.of(message) : Optional.empty();
    }

    /** The JDK's file system exceptions often carry the bare path as their message: say what is wrong with it. */
    private static String describe(IOException problem) {
        String message = problem.getMessage();
        if (problem instanceof NoSuchFileException) {
            return "no such file or folder: " + message;
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "file exists already: " + message;
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied: " + message;
        }
        if (problem instanceof NotDirectoryException) {
            return "not a folder: " + message;
        }
        if (problem instanceof DirectoryNotEmptyException) {
            return "folder is not empty: " + message;
        }
        return message;
    }

    private static String describe(UnmatchedArgumentException failure) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        String argument = failure.getUnmatched().get(0);
        if (failure.isUnknownOption()) {
            return Suggestions.unknown("option", argument, command.optionsMap().keySet());
        }
        if (!command.subcommands().isEmpty()) {
            return Suggestions.unknown(
                    "command", argument, command.subcommands().keySet());
        }
        return "too many arguments, got \"%s\"".formatted(argument);
    }
}
