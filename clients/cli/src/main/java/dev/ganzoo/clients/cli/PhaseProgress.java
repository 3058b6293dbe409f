package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.evaluate.EvaluationListener;
import dev.ganzoo.zoo.report.ReportListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how work of several parts goes: on a terminal a bar with the time left for each part, else a line. */
final class PhaseProgress implements EvaluationListener, ReportListener, AutoCloseable {
    private final PrintWriter lines;
    private final boolean bars;
    private ProgressBar bar;
    private String phase = "";

    private PhaseProgress(PrintWriter lines, boolean bars) {
        this.lines = lines;
        this.bars = bars;
    }

    /** Bars on standard error if that is a terminal, else lines on {@code lines}. */
    static PhaseProgress on(PrintWriter lines) {
        return new PhaseProgress(lines, Terminal.isInteractive());
    }

    @Override
    public synchronized void progress(String newPhase, long done, long total) {
        if (!newPhase.equals(phase)) {
            begin(newPhase, total);
        }
        // What several threads tell may overtake each other.
        if (bar != null && done > bar.getCurrent()) {
            bar.stepTo(done);
        }
    }

    private void begin(String newPhase, long total) {
        close();
        phase = newPhase;
        if (bars) {
            bar = new ProgressBarBuilder()
                    .setTaskName(phase)
                    .setInitialMax(total)
                    .build();
        } else {
            note(total > 1 ? "%s: %,d".formatted(phase, total) : phase);
        }
    }

    @Override
    public synchronized void note(String message) {
        lines.println(message);
        lines.flush();
    }

    /** Ends the bar. */
    @Override
    public synchronized void close() {
        phase = "";
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
