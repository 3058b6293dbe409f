package dev.ganzoo.training.run;

import dev.ganzoo.zoo.run.Checkpoint;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Plain lines, for logs. */
final class ProgressLines implements TrainingListener {
    private final PrintStream out;
    private final Duration interval;
    private final Clock clock;
    private Instant begin;
    private Instant lastLine;
    private long firstStep;

    ProgressLines(PrintStream out, Duration interval, Clock clock) {
        this.out = out;
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public void started(RunStart start) {
        begin = clock.instant();
        lastLine = null;
        firstStep = start.step();
        String verb = start.step() == 0 ? "training" : "going on with";
        out.printf("%s %s: step %d of %d%n", verb, start.title(), start.step(), start.totalSteps());
    }

    @Override
    public void stepDone(StepReport report) {
        Instant now = clock.instant();
        boolean last = report.step() == report.totalSteps();
        if (report.metrics().isEmpty() && !last) {
            return;
        }
        if (last
                || report.isEvaluation()
                || lastLine == null
                || Duration.between(lastLine, now).compareTo(interval) >= 0) {
            lastLine = now;
            out.printf(
                    "step %d/%d  %s  %s left%n",
                    report.step(), report.totalSteps(), ProgressDisplay.summary(report), timeLeft(report, now));
        }
    }

    private String timeLeft(StepReport report, Instant now) {
        double perStep = Duration.between(begin, now).toMillis() / (double) (report.step() - firstStep);
        return ProgressDisplay.format(Duration.ofMillis((long) (perStep * (report.totalSteps() - report.step()))));
    }

    @Override
    public void checkpointSaved(Checkpoint checkpoint) {
        out.println("saved " + checkpoint);
    }

    @Override
    public void stopped(long step, StopReason reason) {
        out.println(ProgressDisplay.ending(step, reason));
    }

    @Override
    public void failed(long step, Throwable cause) {
        out.println(ProgressDisplay.failure(step, cause));
    }
}
