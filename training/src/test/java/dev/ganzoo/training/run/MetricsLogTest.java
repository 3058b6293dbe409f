package dev.ganzoo.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class MetricsLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC);

    @TempDir
    Path run;

    @Test
    void writesALineAtOnce() throws IOException {
        try (MetricsLog log = start(0)) {
            var metrics = new LinkedHashMap<String, Double>();
            metrics.put("loss/generator", 0.5);
            metrics.put("loss/discriminator", Double.NaN);
            log.stepDone(new StepReport(1, 10, metrics, 812.5));
            log.stepDone(new StepReport(2, 10, Map.of(), 812.5));
            assertThat(file())
                    .hasContent("{\"step\":1,\"time\":\"2026-02-03T04:05:06.789Z\",\"images_per_second\":812.5,"
                            + "\"metrics\":{\"loss/generator\":0.5,\"loss/discriminator\":\"NaN\"}}\n");
        }
    }

    @Test
    void stoppedAndResumedIsTheSameAsAtOnce() throws IOException {
        steps(0, 1, 10);
        List<String> atOnce = Files.readAllLines(file());
        Files.delete(file());
        steps(0, 1, 7); // the last checkpoint was after step 4
        steps(4, 5, 10);
        assertThat(Files.readAllLines(file())).isEqualTo(atOnce);
        steps(10, 11, 10);
        assertThat(Files.readAllLines(file())).isEqualTo(atOnce);
        steps(0, 1, 1);
        assertThat(Files.readAllLines(file())).isEqualTo(atOnce.subList(0, 1));
    }

    @Test
    void dropsALastLineThatWasCutOff() throws IOException {
        steps(0, 1, 3);
        List<String> whole = Files.readAllLines(file());
        String line = whole.get(2);
        for (int length = 1; length <= line.length(); length++) {
            Files.writeString(file(), whole.get(0) + "\n" + whole.get(1) + "\n" + line.substring(0, length));
            steps(3, 4, 3);
            assertThat(Files.readAllLines(file())).isEqualTo(whole.subList(0, 2));
        }
    }

    @Test
    void namesALineThatIsDamaged() throws IOException {
        steps(0, 1, 2);
        Files.writeString(file(), "{\"loss\":1}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> start(5))
                .isInstanceOf(IOException.class)
                .hasMessage(file() + " line 3 must be a JSON object with a step");
        Files.writeString(file(), "{\"step\":\n{}\n");
        assertThatThrownBy(() -> start(5)).hasMessageStartingWith(file() + " line 1 must be JSON: ");
    }

    @Test
    void closesBeforeItStarted() {
        assertThatCode(() -> MetricsLog.of(run).close()).doesNotThrowAnyException();
    }

    private void steps(long from, long first, long last) throws IOException {
        try (MetricsLog log = start(from)) {
            for (long step = first; step <= last; step++) {
                log.stepDone(new StepReport(step, 10, Map.of("loss/generator", 1.0 / step), 800));
            }
        }
    }

    private MetricsLog start(long step) throws IOException {
        MetricsLog log = MetricsLog.of(run, CLOCK);
        log.started(new RunStart("sngan-proj", step, 10));
        return log;
    }

    private Path file() {
        return run.resolve("metrics.jsonl");
    }
}
