package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("pure")
class DataCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandLine ganzoo;

    @BeforeEach
    void capture() {
        ganzoo = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }

    @Test
    void listsEveryDatasetAndWhereItIs() {
        assertThat(ganzoo.execute("data", "list")).isZero();
        assertThat(out.toString()).contains("cifar10  ", "fashion-mnist  ", "mnist  ", "(Krizhevsky 2009)");
    }

    @Test
    void printsItsHelpWithoutASubcommand() {
        assertThat(ganzoo.execute("data")).isZero();
        assertThat(out.toString()).contains("Usage: ganzoo data", "list", "fetch");
    }

    @Test
    void anUnknownDatasetIsAMistakeOfTheUser() {
        assertThat(ganzoo.execute("data", "fetch", "cifar-10")).isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: unknown dataset \"cifar-10\"; did you mean \"cifar10\"?");
    }

    @Test
    void aFolderThatLacksTheFilesIsAFailure(@TempDir Path folder) {
        assertThat(ganzoo.execute("data", "fetch", "mnist", "--folder", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("ganzoo: dataset mnist is not complete in " + folder + ": expected");
    }

    @Test
    void tellsOfADownloadInLinesWhereNoOneWatches() {
        try (DownloadProgress progress = new DownloadProgress(new PrintWriter(out), false)) {
            progress.progress("x.tar.gz", 0, 3 << 20);
            progress.progress("x.tar.gz", 1 << 20, 3 << 20);
            progress.progress("x.tar.gz", 3 << 20, 3 << 20);
        }
        assertThat(out.toString().lines()).containsExactly("downloading x.tar.gz (3 MiB)", "downloaded x.tar.gz");
    }
}
