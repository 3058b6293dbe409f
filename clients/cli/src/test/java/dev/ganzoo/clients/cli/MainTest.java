package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Tag("pure")
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Probe probe = new Probe();
    private CommandLine ganzoo;

    @BeforeEach
    void addProbe() {
        ganzoo = Main.commandLine();
        ganzoo.addSubcommand(probe).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }

    @Test
    void printsItsVersion() {
        assertThat(ganzoo.execute("--version")).isZero();
        assertThat(out.toString()).matches("ganzoo \\d+\\.\\d+\\.\\d+\\S* \\(Java \\d+\\S*\\)\\R");
    }

    @Test
    void printsItsHelpWithoutACommand() {
        assertThat(ganzoo.execute()).isZero();
        assertThat(out.toString()).startsWith("Usage: ganzoo").contains("probe");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void exitsWithTheCodeOfTheCommand() {
        assertThat(ganzoo.execute("probe", "--count", "7")).isEqualTo(7);
    }

    @Test
    void suggestsTheNearestCommand() {
        assertThat(ganzoo.execute("porbe")).isEqualTo(2);
        String known = String.join(", ", ganzoo.getSubcommands().keySet());
        assertThat(err.toString().lines())
                .containsExactly(
                        "ganzoo: unknown command \"porbe\"; did you mean \"probe\"? (known: " + known + ")",
                        "Try: ganzoo --help");
    }

    @Test
    void suggestsTheNearestOption() {
        assertThat(ganzoo.execute("probe", "--cuont", "3")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("ganzoo: unknown option \"--cuont\"; did you mean \"--count\"? (known: ")
                .endsWith("Try: ganzoo probe --help" + System.lineSeparator());
    }

    @Test
    void mistakesOfTheUserAreUsageErrors() {
        probe.failure = new IllegalArgumentException("truncation must be in (0, 2], got -1");
        assertThat(ganzoo.execute("probe")).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("ganzoo: truncation must be in (0, 2], got -1");
    }

    @Test
    void filesThatCannotBeReadAreFailures() {
        probe.failure = new UncheckedIOException(new IOException("card.json is cut short: expected 12 bytes, found 7"));
        assertThat(ganzoo.execute("probe")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("ganzoo: card.json is cut short: expected 12 bytes, found 7");
    }

    @Test
    void barePathsAreExplained() {
        probe.failure = new NoSuchFileException("runs/x");
        assertThat(ganzoo.execute("probe")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("ganzoo: no such file or folder: runs/x");
    }

    @Test
    void errorsOfOursPointToTheStackTrace() {
        probe.failure = new NullPointerException();
        assertThat(ganzoo.execute("probe")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "ganzoo: unexpected error: java.lang.NullPointerException",
                        "Run it again with --verbose for the stack trace.");
    }

    @Test
    void verbosePrintsTheStackTrace() {
        probe.failure = new IllegalArgumentException("no");
        assertThat(ganzoo.execute("probe", "--verbose")).isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: no").contains("\tat " + Probe.class.getName() + ".call");
    }

    /** A command that fails as told, or else exits with the count as its code. */
    @Command(name = "probe", mixinStandardHelpOptions = true)
    static final class Probe implements Callable<Integer> {
        @Option(names = "--count")
        private int count;

        private Exception failure;

        @Override
        public Integer call() throws Exception {
            if (failure == null) {
                return count;
            }
            failure.fillInStackTrace();
            throw failure;
        }
    }
}
