package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.evaluate.EvaluationListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how an evaluation goes: on a terminal a bar with the time left for each part of the work, else a line. */
final class EvaluationProgress implements EvaluationListener, AutoCloseable {
    private final PrintWriter lines;
    private final boolean bars;
    private ProgressBar bar;
    private String current = "";

    EvaluationProgress(PrintWriter lines, boolean bars) {
        this.lines = lines;
        this.bars = bars;
    }

    /** Bars on standard error if that is a terminal, else lines on {@code lines}. */
    static EvaluationProgress on(PrintWriter lines) {
        return new EvaluationProgress(lines, Terminal.isInteractive());
    }

    @Override
    public void progress(String what, long done, long total) {
        if (!what.equals(current)) {
            begin(what, total);
        }
        if (bar != null) {
            bar.stepTo(done);
        }
        if (done == total) {
            close();
        }
    }

    private void begin(String what, long total) {
        close();
        current = what;
        if (bars) {
            bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(total)
                    .build();
        } else {
            note(total > 1 ? "%s: %,d".formatted(what, total) : what);
        }
    }

    @Override
    public void note(String message) {
        lines.println(message);
        lines.flush();
    }

    /** Ends the bar. */
    @Override
    public void close() {
        current = "";
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
