package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.data.DownloadListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows downloads: a bar for each file on a terminal, else a line when it begins and one when it is complete. */
final class DownloadProgress implements DownloadListener, AutoCloseable {
    private static final long MIB = 1 << 20;

    private final PrintWriter lines;
    private final boolean bars;
    private ProgressBar bar;

    DownloadProgress(PrintWriter lines, boolean bars) {
        this.lines = lines;
        this.bars = bars;
    }

    /** Bars on standard error if that is a terminal, else lines on {@code lines}. */
    static DownloadProgress on(PrintWriter lines) {
        return new DownloadProgress(lines, Terminal.isInteractive());
    }

    @Override
    public void progress(String file, long done, long total) {
        if (bars) {
            draw(file, done, total);
        } else if (done == 0) {
            write("downloading %s (%s)".formatted(file, total < 0 ? "size unknown" : total / MIB + " MiB"));
        } else if (done == total) {
            write("downloaded " + file);
        }
    }

    private void draw(String file, long done, long total) {
        if (done == 0) {
            close();
            bar = new ProgressBarBuilder()
                    .setTaskName(file)
                    .setInitialMax(total)
                    .setUnit(" MiB", MIB)
                    .showSpeed()
                    .build();
        }
        bar.stepTo(done);
        if (done == total) {
            close();
        }
    }

    private void write(String line) {
        lines.println(line);
        lines.flush();
    }

    /** Ends a bar whose download failed. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
