package dev.ganzoo.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ProgressDisplayTest {
    private static final String SUMMARY = "loss D 1.250  loss G -0.500  D(x) 0.900  D(G(z)) -0.800  812 images/s";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void writesALineEverySoOften() {
        var clock = new StepClock();
        var lines = new ProgressLines(out, Duration.ofSeconds(10), clock);
        lines.started(new RunStart("sngan-proj on cifar10", 0, 1000));
        for (int step = 1; step <= 25; step++) {
            clock.advance(Duration.ofSeconds(1));
            lines.stepDone(report(step, 1000));
        }
        lines.stopped(25, StopReason.INTERRUPTED);
        assertThat(text().lines())
                .containsExactly(
                        "training sngan-proj on cifar10: step 0 of 1000",
                        "step 1/1000  " + SUMMARY + "  16m 39s left",
                        "step 11/1000  " + SUMMARY + "  16m 29s left",
                        "step 21/1000  " + SUMMARY + "  16m 19s left",
                        "stopped after step 25: interrupted");
    }

    @Test
    void measurementsOnTestImagesAreAlwaysShown() {
        var clock = new StepClock();
        var lines = new ProgressLines(out, Duration.ofSeconds(10), clock);
        lines.started(new RunStart("cifar10-classifier on cifar10", 0, 100));
        for (int step = 1; step <= 3; step++) {
            clock.advance(Duration.ofSeconds(1));
            var metrics = new LinkedHashMap<String, Double>();
            metrics.put(StepReport.CLASSIFIER_LOSS, 1.5);
            metrics.put(StepReport.TRAIN_ACCURACY, 0.5);
            if (step == 3) {
                metrics.put(StepReport.TEST_LOSS, 1.25);
                metrics.put(StepReport.TEST_ACCURACY, 0.625);
            }
            lines.stepDone(new StepReport(step, 100, metrics, 300));
        }
        assertThat(text().lines())
                .containsExactly(
                        "training cifar10-classifier on cifar10: step 0 of 100",
                        "step 1/100  loss 1.500  accuracy 0.500  300 images/s  1m 39s left",
                        "step 3/100  loss 1.500  accuracy 0.500  test loss 1.250  test accuracy 0.625  300 images/s"
                                + "  1m 37s left");
    }

    @Test
    void goesOnAndEndsWithTheLastStep() {
        var clock = new StepClock();
        var lines = new ProgressLines(out, Duration.ofSeconds(10), clock);
        lines.started(new RunStart("sngan-proj", 500, 502));
        clock.advance(Duration.ofHours(2));
        lines.stepDone(new StepReport(501, 502, Map.of("loss/generator", Double.NaN, "gradient/norm", 3.0), 1));
        lines.stepDone(new StepReport(502, 502, Map.of(), 1));
        lines.failed(502, new IllegalStateException("loss must be finite, got NaN"));
        assertThat(text().lines())
                .containsExactly(
                        "going on with sngan-proj: step 500 of 502",
                        "step 501/502  loss G NaN  1 images/s  2h 00m left",
                        "step 502/502  1 images/s  0s left",
                        "failed after step 502: loss must be finite, got NaN");
    }

    @Test
    void drawsABarOnATerminal() throws IOException {
        try (TrainingListener bar = ProgressDisplay.on(out, true)) {
            bar.started(new RunStart("sngan-proj on cifar10", 250, 1000));
            bar.stepDone(report(500, 1000));
            bar.stopped(500, StopReason.STEP_REACHED);
        }
        assertThat(text())
                .contains("sngan-proj on cifar10", "500/1000", "D 1.25 G -0.50 D(x)")
                .endsWith("stopped after step 500: stopped as asked" + System.lineSeparator());
    }

    @Test
    void formatsTimes() {
        assertThat(ProgressDisplay.format(Duration.ofSeconds(7))).isEqualTo("7s");
        assertThat(ProgressDisplay.format(Duration.ofSeconds(725))).isEqualTo("12m 05s");
        assertThat(ProgressDisplay.format(Duration.ofMinutes(60 * 50 + 5))).isEqualTo("50h 05m");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static StepReport report(long step, long total) {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put(StepReport.DISCRIMINATOR_LOSS, 1.25);
        metrics.put(StepReport.GENERATOR_LOSS, -0.5);
        metrics.put(StepReport.REAL_SCORE, 0.9);
        metrics.put(StepReport.FAKE_SCORE, -0.8);
        metrics.put("learning_rate/generator", 2e-4);
        return new StepReport(step, total, metrics, 812.4);
    }

    private static final class StepClock extends Clock {
        private Instant now = Instant.EPOCH;

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
