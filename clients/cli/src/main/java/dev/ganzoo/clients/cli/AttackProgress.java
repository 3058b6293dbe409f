package dev.ganzoo.clients.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how many images are attacked: a bar on a terminal, else a line for each attack and ε. */
final class AttackProgress implements AutoCloseable {
    private final PrintWriter lines;
    private final boolean bars;
    private ProgressBar bar;
    private String last = "";

    AttackProgress(PrintWriter lines, boolean bars) {
        this.lines = lines;
        this.bars = bars;
    }

    /** A bar on standard error if that is a terminal, else lines on {@code lines}. */
    static AttackProgress on(PrintWriter lines) {
        return new AttackProgress(lines, Terminal.isInteractive());
    }

    void show(String what, int done, int total) {
        if (bars) {
            draw(what, done, total);
        } else if (!what.equals(last)) {
            lines.println("attacking: " + what);
            lines.flush();
        }
        last = what;
    }

    private void draw(String what, int done, int total) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("attack")
                    .setInitialMax(total)
                    .setUnit(" images", 1)
                    .showSpeed()
                    .build();
        }
        bar.setExtraMessage(what);
        bar.stepTo(done);
    }

    /** Ends the bar. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
