package dev.ganzoo.training.run;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar, for terminals. */
final class ProgressBarDisplay implements TrainingListener {
    private static final int UPDATE_MILLIS = 500;

    private final PrintStream out;
    private ProgressBar bar;

    ProgressBarDisplay(PrintStream out) {
        this.out = out;
    }

    @Override
    public void started(RunStart start) {
        out.println(start.title());
        bar = new ProgressBarBuilder()
                .setInitialMax(start.totalSteps())
                .startsFrom(start.step(), Duration.ZERO)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }

    @Override
    public void stepDone(StepReport report) {
        bar.stepTo(report.step());
        if (!report.metrics().isEmpty()) {
            bar.setExtraMessage(" " + ProgressDisplay.brief(report));
        }
    }

    @Override
    public void stopped(long step, StopReason reason) {
        close();
        out.println(ProgressDisplay.ending(step, reason));
    }

    @Override
    public void failed(long step, Throwable cause) {
        close();
        out.println(ProgressDisplay.failure(step, cause));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
