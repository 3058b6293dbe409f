package dev.ganzoo.export.onnx.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.OnnxReadException;
import dev.ganzoo.export.onnx.OnnxReader;
import dev.ganzoo.export.onnx.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files give a graph or an {@link OnnxReadException}, nothing else. {@code -Dganzoo.fuzz.count=10000} damages more
 * of them, {@code -Dganzoo.fuzz.files=folder} those in a folder; docs/onnx-import.md tells how to run it.
 */
@Tag("pure")
class FuzzTest {
    private static final int COUNT = Integer.getInteger("ganzoo.fuzz.count", 600);

    @TempDir
    Path folder;

    @Test
    void damagedFilesAreReadOrRefused() throws Exception {
        List<byte[]> files = files();
        int read = 0;
        for (int seed = 0; seed < COUNT; seed++) {
            Path file =
                    Files.write(folder.resolve("damaged.onnx"), Mutations.mutate(files.get(seed % files.size()), seed));
            try {
                ImportedModel model = OnnxReader.read(file, ReadOptions.defaults());
                assertThat(model.graph().outputs()).containsOnlyKeys(ImportedModel.LOGITS);
                read++;
            } catch (OnnxReadException e) {
                assertThat(e).hasMessageContaining("damaged.onnx");
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("damage " + seed + " gives " + e, e);
            }
        }
        // Damage in weights alone stays unseen.
        assertThat(read).isBetween(COUNT / 100, COUNT / 2);
    }

    private static List<byte[]> files() throws IOException {
        List<byte[]> files = new ArrayList<>();
        String real = System.getProperty("ganzoo.fuzz.files");
        if (real != null) {
            try (Stream<Path> paths = Files.list(Path.of(real))) {
                for (Path path : paths.filter(each -> each.toString().endsWith(".onnx"))
                        .sorted()
                        .toList()) {
                    files.add(Files.readAllBytes(path));
                }
            }
            return files;
        }
        OperatorCases.all().forEach(operator -> files.add(operator.model().bytes()));
        return files;
    }
}
