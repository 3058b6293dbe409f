package dev.ganzoo.clients.cli;

import dev.ganzoo.training.Cadence;
import dev.ganzoo.training.TrainingRun;
import dev.ganzoo.training.evaluation.SampleEvaluation;
import dev.ganzoo.zoo.evaluate.Extractor;
import dev.ganzoo.zoo.evaluate.Metric;
import java.util.List;
import picocli.CommandLine.Option;

/** How a training run is measured while it goes on. */
final class MeasurementOptions {
    @Option(
            names = "--evaluate-every",
            paramLabel = "K",
            description = {
                "How often to measure, 0 for never; the checkpoint of the best weights is kept.",
                "Of a classifier, epochs between measurements on test data: 1 if not said.",
                "Of a GAN, generator steps between measurements of its samples: never if not said."
            })
    private Integer every;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End early, as Ctrl-C would, when N measurements in a row found nothing better.")
    private Integer patience;

    @Option(
            names = "--evaluate-metrics",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "fid",
            description =
                    "What to measure of samples, see ganzoo evaluate; the first tells the best (${DEFAULT-VALUE}).")
    private List<String> metrics;

    @Option(
            names = "--evaluate-samples",
            paramLabel = "N",
            description = "How many samples to measure (${DEFAULT-VALUE}).")
    private int samples = SampleEvaluation.DEFAULT_SAMPLES;

    @Option(
            names = "--evaluate-extractor",
            paramLabel = "NAME|FILE",
            defaultValue = Extractor.BUNDLED,
            description = "The network that judges samples, see ganzoo evaluate (${DEFAULT-VALUE}).")
    private String extractor;

    /** Checks what needs no run. */
    void check() {
        if (every != null && every < 0) {
            throw new IllegalArgumentException("evaluate-every must be ≥ 0, got " + every);
        }
        if (patience != null && patience < 1) {
            throw new IllegalArgumentException("patience must be ≥ 1, got " + patience);
        }
        ofSamples(1);
    }

    private SampleEvaluation ofSamples(long steps) {
        return new SampleEvaluation(
                steps, metrics.stream().map(Metric::parse).toList(), samples, Extractor.named(extractor));
    }

    /** Epochs between measurements on test data, 0 for none. */
    int epochs(boolean classifier) {
        boolean said = every != null && (classifier || every == 0);
        return said ? every : Cadence.DEFAULT.evaluate();
    }

    /** Has the samples of a GAN measured, and the run ended early, if that was asked for. */
    void measure(TrainingRun run) {
        if (every != null && every > 0 && !run.plan().networks().hasClassifier()) {
            run.evaluateSamples(ofSamples(every));
        }
        if (patience != null) {
            run.patience(patience);
        }
    }
}
