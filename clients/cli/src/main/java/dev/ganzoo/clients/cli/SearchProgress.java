package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.visualize.Progress;
import dev.ganzoo.zoo.visualize.VisualizationListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how a search goes: a bar on a terminal, else ten lines; ends it when asked to. */
final class SearchProgress implements VisualizationListener, AutoCloseable {
    private static final int LINES = 10;

    private final PrintWriter lines;
    private final boolean bars;
    private volatile boolean stopped;
    private ProgressBar bar;

    private SearchProgress(PrintWriter lines, boolean bars) {
        this.lines = lines;
        this.bars = bars;
    }

    /** A bar on standard error if that is a terminal, else lines on {@code lines}. */
    static SearchProgress on(PrintWriter lines) {
        return new SearchProgress(lines, Terminal.isInteractive());
    }

    /** Ends the search after the step it is at. */
    void stop() {
        stopped = true;
    }

    @Override
    public boolean stepped(Progress progress) {
        long step = progress.step(), total = progress.total();
        if (bars) {
            draw(progress);
        } else if (step * LINES / total > (step - 1) * LINES / total) {
            lines.printf("step %d of %d: objective %.4g%n", step, total, progress.meanObjective());
            lines.flush();
        }
        return !stopped;
    }

    private void draw(Progress progress) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("visualize")
                    .setInitialMax(progress.total())
                    .setUnit(" steps", 1)
                    .build();
        }
        bar.stepTo(progress.step());
        bar.setExtraMessage("objective %.4g".formatted(progress.meanObjective()));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
