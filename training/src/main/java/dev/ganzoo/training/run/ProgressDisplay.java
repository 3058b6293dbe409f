package dev.ganzoo.training.run;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Shows people how a run goes on: a progress bar on a terminal, otherwise a line every so often. */
public final class ProgressDisplay {
    private static final Map<String, String> LABELS = Map.of(
            StepReport.DISCRIMINATOR_LOSS, "loss D",
            StepReport.GENERATOR_LOSS, "loss G",
            StepReport.REAL_SCORE, "D(x)",
            StepReport.FAKE_SCORE, "D(G(z))");
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);

    private ProgressDisplay() {}

    /** A bar if {@code terminal}, otherwise a line every ten seconds. */
    public static TrainingListener on(PrintStream out, boolean terminal) {
        return terminal ? new ProgressBarDisplay(out) : new ProgressLines(out, LINE_INTERVAL, Clock.systemUTC());
    }

    /** A line at the first and the last step, and whenever {@code interval} has passed since the last one. */
    public static TrainingListener lines(PrintStream out, Duration interval) {
        return new ProgressLines(out, interval, Clock.systemUTC());
    }

    /** The metrics that people follow and the speed: {@code loss D 1.234  loss G 0.567  D(x) 0.91  … images/s}. */
    static String summary(StepReport report) {
        StringJoiner summary = new StringJoiner("  ");
        report.metrics().forEach((name, value) -> {
            String label = LABELS.get(name);
            if (label != null) {
                summary.add(String.format(Locale.ROOT, "%s %.3f", label, value));
            }
        });
        return summary.add(String.format(Locale.ROOT, "%.0f images/s", report.imagesPerSecond()))
                .toString();
    }

    /** {@code 2h 05m}, {@code 12m 05s} or {@code 7s}. */
    static String format(Duration time) {
        if (time.toHours() > 0) {
            return String.format(Locale.ROOT, "%dh %02dm", time.toHours(), time.toMinutesPart());
        }
        if (time.toMinutes() > 0) {
            return String.format(Locale.ROOT, "%dm %02ds", time.toMinutes(), time.toSecondsPart());
        }
        return time.toSeconds() + "s";
    }

    static String ending(long step, StopReason reason) {
        return "stopped after step " + step + ": " + reason;
    }

    static String failure(long step, Throwable cause) {
        return "failed after step " + step + ": " + (cause.getMessage() == null ? cause : cause.getMessage());
    }
}
