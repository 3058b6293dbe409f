package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.data.NoiseImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
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
    void reportsOnAFolderOfImages(@TempDir Path folder) throws IOException {
        NoiseImages.write(folder.resolve("pictures"), 3);
        Path page = folder.resolve("report.html");

        assertThat(ganzoo.execute("data", "report", folder.resolve("pictures").toString(), "--out", page.toString()))
                .as(err.toString())
                .isZero();

        assertThat(page).content().contains("<h1>pictures</h1>", "6 of train images of 64 × 64 pixels in 2 classes");
        assertThat(err.toString().lines())
                .containsExactly(
                        "averaging images of train: 6",
                        "comparing images: 6",
                        "wrote %s (%,d bytes)".formatted(page, Files.size(page)));
    }

    @Test
    void reportsWhatIsWrongWithItsOptions(@TempDir Path folder) throws IOException {
        NoiseImages.write(folder, 1);
        assertThat(ganzoo.execute("data", "report", folder.toString(), "--out", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: out must be a file, got the folder " + folder);
        assertThat(ganzoo.execute("data", "report", folder.toString(), "--split", "test"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("has no test split");
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
