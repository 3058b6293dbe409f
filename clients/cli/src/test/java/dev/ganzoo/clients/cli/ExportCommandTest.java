package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("pure")
class ExportCommandTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void missingRunIsTold() {
        Path run = folder.resolve("nowhere");

        assertThat(execute("export", run.toString(), "--out", target())).isEqualTo(1);
        assertThat(err).hasToString("ganzoo: no such file or folder: " + run + System.lineSeparator());
    }

    @Test
    void folderWithoutRunIsAMistake() {
        assertThat(execute("export", folder.toString(), "--out", target())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("ganzoo: " + folder + " must be a run directory, but it has no recipe.json");
    }

    @Test
    void existingPackageIsKept() throws Exception {
        Files.createDirectories(Path.of(target()));

        assertThat(execute("export", folder.toString(), "--out", target())).isEqualTo(1);
        assertThat(err.toString()).startsWith("ganzoo: file exists already: " + target());
    }

    @Test
    void unknownPrecisionIsAMistake() {
        assertThat(execute("export", folder.toString(), "--out", target(), "--precision", "fp8"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("fp8").contains("FP32, FP16");
    }

    @Test
    void writesAGeneratorForTorchFidelity() {
        Path file = folder.resolve("generator.onnx");

        assertThat(execute("export", "sngan-proj", "--torch-fidelity", file.toString()))
                .isZero();

        assertThat(file).isNotEmptyFile();
        assertThat(err.toString())
                .startsWith("wrote " + file)
                .contains("fidelity --fid --isc --kid --input1 " + file, "--input1-model-num-classes 10");
    }

    @Test
    void eitherAPackageOrAFileIsWritten() {
        assertThat(execute("export", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: give either --out PATH or --torch-fidelity FILE, got none");
        assertThat(execute("export", folder.toString(), "--out", target(), "--torch-fidelity", target()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("or --torch-fidelity FILE, got both");
    }

    private String target() {
        return folder.resolve("model").toString();
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        return commandLine.setErr(new PrintWriter(err)).execute(arguments);
    }
}
