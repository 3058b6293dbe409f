package dev.ganzoo.training.run;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.image.LinePlot;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.run.MetricsFile;
import dev.ganzoo.zoo.run.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * {@code evaluation.png}: the scores of samples over the steps of the run, of the first two that were measured. Made anew
 * with each measurement.
 */
public final class EvaluationCurve implements TrainingListener {
    private static final int MOST_LINES = 2;

    private final Path folder;
    private final Map<String, NavigableMap<Double, Double>> scores = new LinkedHashMap<>();

    private EvaluationCurve(Path folder) {
        this.folder = folder;
    }

    /** The curve of the run in {@code runFolder}; it goes on from what {@code metrics.jsonl} says. */
    public static EvaluationCurve of(Path runFolder) {
        return new EvaluationCurve(runFolder);
    }

    @Override
    public void started(RunStart start) throws IOException {
        for (MetricsFile.Line line : new RunFiles(folder).metrics().lines()) {
            if (line.step() <= start.step()) {
                line.metrics().forEach((name, value) -> add(line.step(), name, value));
            }
        }
    }

    @Override
    public void stepDone(StepReport report) throws IOException {
        if (report.metrics().keySet().stream().noneMatch(name -> name.startsWith(StepReport.SCORES))) {
            return;
        }
        report.metrics().forEach((name, value) -> add(report.step(), name, value));
        LinePlot plot =
                LinePlot.of("samples of " + folder.toAbsolutePath().normalize().getFileName(), "generator steps");
        for (Map.Entry<String, NavigableMap<Double, Double>> score :
                scores.entrySet().stream().limit(MOST_LINES).toList()) {
            plot = plot.line(score.getKey(), score.getKey(), score.getValue());
        }
        AtomicFiles.write(folder.resolve("evaluation.png"), Png.encode(plot.image()));
    }

    private void add(long step, String name, double value) {
        if (name.startsWith(StepReport.SCORES) && Double.isFinite(value)) {
            scores.computeIfAbsent(name.substring(StepReport.SCORES.length()), any -> new TreeMap<>())
                    .put((double) step, value);
        }
    }
}
