package dev.ganzoo.training.run;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Shows people how a run goes on: a progress bar on a terminal, otherwise a line every so often. */
public final class ProgressDisplay {
    private static final Map<String, Label> LABELS = Map.of(
            StepReport.DISCRIMINATOR_LOSS, new Label("loss D", "D"),
            StepReport.GENERATOR_LOSS, new Label("loss G", "G"),
            StepReport.REAL_SCORE, new Label("D(x)", "D(x)"),
            StepReport.FAKE_SCORE, new Label("D(G(z))", "D(G(z))"),
            StepReport.CLASSIFIER_LOSS, new Label("loss", "loss"),
            StepReport.TRAIN_ACCURACY, new Label("accuracy", "acc"),
            StepReport.TEST_LOSS, new Label("test loss", "test"),
            StepReport.TEST_ACCURACY, new Label("test accuracy", "test acc"));
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);

    private record Label(String full, String brief) {}

    private ProgressDisplay() {}

    /** A bar if {@code terminal}, otherwise a line every ten seconds. */
    public static TrainingListener on(PrintStream out, boolean terminal) {
        return terminal ? new ProgressBarDisplay(out) : new ProgressLines(out, LINE_INTERVAL, Clock.systemUTC());
    }

    /** A line at the first and the last step, and whenever {@code interval} has passed since the last one. */
    public static TrainingListener lines(PrintStream out, Duration interval) {
        return new ProgressLines(out, interval, Clock.systemUTC());
    }

    /** The metrics that people follow, and the speed: {@code loss D 1.234  loss G 0.567  D(x) 0.912  812 images/s}. */
    static String summary(StepReport report) {
        StringJoiner summary = new StringJoiner("  ");
        shown(report).forEach((label, value) -> summary.add(String.format(Locale.ROOT, "%s %.3f", label.full, value)));
        return summary.add(String.format(Locale.ROOT, "%.0f images/s", report.imagesPerSecond()))
                .toString();
    }

    /** The same for the few columns beside a bar: {@code D 1.23 G 0.57 D(x) 0.91 812 images/s}. */
    static String brief(StepReport report) {
        StringJoiner summary = new StringJoiner(" ");
        shown(report).forEach((label, value) -> summary.add(String.format(Locale.ROOT, "%s %.2f", label.brief, value)));
        return summary.add(String.format(Locale.ROOT, "%.0f images/s", report.imagesPerSecond()))
                .toString();
    }

    private static Map<Label, Double> shown(StepReport report) {
        Map<Label, Double> shown = new LinkedHashMap<>();
        report.metrics().forEach((name, value) -> {
            if (LABELS.containsKey(name)) {
                shown.put(LABELS.get(name), value);
            } else if (name.startsWith(StepReport.SCORES)) {
                String score = name.substring(StepReport.SCORES.length());
                shown.put(new Label(score, score), value);
            }
        });
        return shown;
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
