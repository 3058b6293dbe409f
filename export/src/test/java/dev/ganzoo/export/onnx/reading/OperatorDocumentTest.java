package dev.ganzoo.export.onnx.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of operators in the documentation is that of the program. */
@Tag("pure")
class OperatorDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/onnx-import.md");

    @Test
    void everyOperatorIsDocumentedWithItsLimits() throws Exception {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int start = lines.indexOf("| operator | limits |") + 2;
        int end = start + lines.subList(start, lines.size()).indexOf("");

        assertThat(lines.subList(start, end))
                .containsExactlyElementsOf(OperatorTable.all().stream()
                        .map(operator -> "| %s | %s |".formatted(operator.name(), operator.limits()))
                        .toList());
    }
}
