package dev.ganzoo.zoo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class MetricsFileTest {
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.789Z");

    @TempDir
    Path run;

    private MetricsFile file;

    @BeforeEach
    void open() {
        file = new RunFiles(run).metrics();
    }

    @Test
    void isEmptyWhereThereIsNone() throws IOException {
        assertThat(file.lines()).isEmpty();
        assertThat(file.value("loss/generator", 1)).isEmpty();
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        append(MetricsFile.encode(1, TIME, 812.5, Map.of("loss/generator", 0.5)));
        long firstEnd = Files.size(file.path());
        append(MetricsFile.encode(3, TIME, 800, Map.of("loss/généré", Double.NEGATIVE_INFINITY)));

        assertThat(file.lines())
                .containsExactly(
                        new MetricsFile.Line(1, 812.5, Map.of("loss/generator", 0.5), firstEnd),
                        new MetricsFile.Line(
                                3, 800, Map.of("loss/généré", Double.NEGATIVE_INFINITY), Files.size(file.path())));
        assertThat(file.value("loss/generator", 1)).hasValue(0.5);
        assertThat(file.value("loss/generator", 3)).isEmpty();
    }

    @Test
    void leavesOutALineThatIsBeingWritten() throws IOException {
        append(MetricsFile.encode(1, TIME, 812.5, Map.of("loss/generator", Double.NaN)));
        Files.writeString(file.path(), "{\"step\":2,\"metr", StandardOpenOption.APPEND);

        assertThat(file.lines()).extracting(MetricsFile.Line::step).containsExactly(1L);
        assertThat(file.value("loss/generator", 1)).hasValue(Double.NaN);
    }

    @Test
    void namesALineThatIsNone() throws IOException {
        append(MetricsFile.encode(1, TIME, 812.5, Map.of()));
        Files.writeString(file.path(), "step 2\n", StandardOpenOption.APPEND);

        assertThatIOException().isThrownBy(file::lines).withMessageStartingWith(file.path() + " line 2 must be JSON: ");
    }

    private void append(byte[] line) throws IOException {
        Files.write(file.path(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
