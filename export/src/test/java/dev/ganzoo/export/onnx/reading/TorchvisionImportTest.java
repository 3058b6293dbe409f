package dev.ganzoo.export.onnx.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.OnnxReader;
import dev.ganzoo.export.onnx.ReadOptions;
import dev.ganzoo.zoo.graph.Shape;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classifiers that torchvision exports, read and written again, against the original file in ONNX Runtime. */
@Tag("native")
class TorchvisionImportTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path SCRIPT = Path.of("src/test/python/export_torchvision.py");

    @TempDir
    static Path folder;

    @BeforeAll
    static void export() throws Exception {
        assumeThat(new File(PYTHON)).exists();
        assumeThat(run(PYTHON, "-c", "import torch, torchvision"))
                .as("torchvision is there")
                .isZero();
        assertThat(run(PYTHON, SCRIPT.toString(), folder.toString()))
                .as("exit code")
                .isZero();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start()
                .waitFor();
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).sorted().toList());
            names.remove("log.txt");
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void logitsAreThoseOfTheFile(String name) throws Exception {
        Path file = folder.resolve(name);

        ImportedModel model = OnnxReader.read(file, ReadOptions.defaults());

        assertThat(model.graph().output().shape()).isEqualTo(Shape.of(Shape.N, 10));
        double error = ImportParity.error(file, model, name.endsWith("fixed.onnx") ? 1 : 0);
        assertThat(error).isLessThanOrEqualTo(1e-5);
        Files.delete(file);
    }
}
