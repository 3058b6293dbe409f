package dev.ganzoo.training.evaluation;

import dev.ganzoo.training.engine.Sampler;
import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.evaluate.EvaluationReport;
import dev.ganzoo.zoo.evaluate.EvaluationRequest;
import dev.ganzoo.zoo.evaluate.Extractor;
import dev.ganzoo.zoo.evaluate.ImageSource;
import dev.ganzoo.zoo.evaluate.Metric;
import dev.ganzoo.zoo.model.ModelCard.Quality;
import dev.ganzoo.zoo.run.RunFiles;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what a generator makes while it is trained, against all that it is trained on, always from the same latents:
 * of the moving average if there is one, its classes in turn, without truncation.
 *
 * <p>Fewer samples than usual give another FID, a higher one: these numbers tell the steps of a run from each other, and
 * are not to be put beside those of {@code ganzoo evaluate} with 50,000.
 *
 * @param every generator steps between measurements, ≥ 1
 * @param metrics what to measure; the first score of the first tells which weights are best
 * @param samples how many images, ≥ 2
 * @param extractor who judges them
 */
public record SampleEvaluation(long every, List<Metric> metrics, int samples, Extractor extractor) {
    /** How many samples, if not said. */
    public static final int DEFAULT_SAMPLES = 5_000;

    private static final Set<String> HIGHER_IS_BETTER = Set.of("is", "precision", "recall", "density", "coverage");

    /** @throws IllegalArgumentException if a number is too low, or there is no metric */
    public SampleEvaluation {
        metrics = List.copyOf(metrics);
        if (every < 1) {
            throw new IllegalArgumentException("steps between measurements must be ≥ 1, got " + every);
        }
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("metrics must be at least one, got none");
        }
        if (samples < 2) {
            throw new IllegalArgumentException("samples must be ≥ 2, got " + samples);
        }
    }

    /** FID of 5,000 samples, judged by the zoo's own classifier. */
    public static SampleEvaluation every(long steps) {
        return new SampleEvaluation(steps, List.of(Metric.FID), DEFAULT_SAMPLES, Extractor.bundled());
    }

    /**
     * Measures now.
     *
     * @param run the run directory, where scores are kept with their protocols in {@code evaluations.json}
     * @param step how many steps are done
     * @param learned what it is trained on
     * @throws IOException if a file does not read or cannot be written
     */
    public Training.Evaluation measure(
            Path run, long step, Training training, Sampler sampler, Dataset learned, Device device)
            throws IOException {
        String name = run.toAbsolutePath().normalize().getFileName().toString();
        EvaluationReport report =
                report(EvaluationRequest.of(new RunImages(name, step, training, sampler, learned, samples))
                        .against(ImageSource.of(learned))
                        .metrics(metrics.toArray(Metric[]::new))
                        .extractor(extractor)
                        .on(device)
                        .keptIn(new RunFiles(run).evaluations()));
        Map<String, Double> scores = new LinkedHashMap<>();
        report.scores().forEach(score -> scores.put(StepReport.SCORES + score.metric(), score.value()));
        Quality first = report.scores().get(0);
        double sign = HIGHER_IS_BETTER.contains(first.metric()) ? 1 : -1;
        String by = "%s of %d samples, %s"
                .formatted(first.metric(), samples, first.protocol().getOrDefault("extractor", "pixels"));
        return new Training.Evaluation(scores, sign * first.value(), by);
    }

    private static EvaluationReport report(EvaluationRequest request) throws IOException {
        try {
            return request.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
