package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.report.ReportListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how a report goes: a bar a phase on a terminal, else a line a phase. */
final class ReportProgress implements ReportListener, AutoCloseable {
    private final PrintWriter lines;
    private final boolean bars;
    private String phase = "";
    private ProgressBar bar;

    ReportProgress(PrintWriter lines, boolean bars) {
        this.lines = lines;
        this.bars = bars;
    }

    @Override
    public synchronized void progress(String newPhase, long done, long total) {
        if (!newPhase.equals(phase)) {
            phase = newPhase;
            begin(total);
        }
        // Reports of several threads may overtake each other.
        if (bar != null && done > bar.getCurrent()) {
            bar.stepTo(done);
        }
    }

    private void begin(long total) {
        if (bars) {
            close();
            bar = new ProgressBarBuilder()
                    .setTaskName(phase)
                    .setInitialMax(total)
                    .build();
        } else {
            lines.println(phase);
            lines.flush();
        }
    }

    /** Ends the bar. */
    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
