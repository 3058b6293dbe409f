package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.training.evaluation.SampleEvaluation;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.evaluate.Extractor;
import dev.ganzoo.zoo.evaluate.Metric;
import dev.ganzoo.zoo.files.CacheFolder;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Generators measured by their samples while they learn. */
@Tag("native")
@ExtendWith(NativeResources.class)
class SampleEvaluationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Dataset dataset;
    private TrainingPlan plan;
    private Path run;

    @BeforeEach
    void makeData() throws IOException {
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("cache").toString());
        dataset = TinyRuns.dataset(folder.resolve("images"), 8);
        plan = TinyRuns.plan(dataset, Map.of("emaDecay", "0.5"));
        run = folder.resolve("run");
    }

    @AfterEach
    void forgetCache() {
        System.clearProperty(CacheFolder.PROPERTY);
    }

    private static SampleEvaluation measuring(Metric... metrics) {
        return new SampleEvaluation(2, List.of(metrics), 12, Extractor.bundled());
    }

    @Test
    void logsScoresDrawsThemAndKeepsTheBestWeights() throws IOException {
        try (TrainingRun training = TrainingRun.start(plan, dataset, run, Device.cpu())) {
            training.cadence(new Cadence(100, 100, 100, 1))
                    .evaluateSamples(measuring(Metric.FID))
                    .train();
        }

        Map<Long, Double> scores = scores("evaluate/fid");
        assertThat(scores).containsOnlyKeys(2L, 4L, 6L);
        double least =
                scores.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        Checkpoint latest = Checkpoints.of(run).latest().orElseThrow();
        long best = latest.state().best().orElseThrow().step();
        assertThat(scores.get(best)).isEqualTo(least);
        assertThat(latest.state().best().orElseThrow().quality()).isEqualTo(-least);
        assertThat(latest.state().best().orElseThrow().by())
                .isEqualTo("fid of 12 samples, cifar10-classifier features, not Inception");
        assertThat(Checkpoints.of(run).steps()).contains(best);
        assertThat(weights(run)).isEqualTo(weightsWithout());
        assertThat(ImageIO.read(run.resolve("evaluation.png").toFile()).getWidth())
                .isEqualTo(800);
        JsonNode kept = JSON.readTree(run.resolve("evaluations.json").toFile()).path("scores");
        assertThat(kept).hasSize(3).allSatisfy(score -> {
            assertThat(score.at("/protocol/weights").asText()).isEqualTo("moving average");
            assertThat(score.at("/protocol/real images").asText()).isEqualTo("16");
        });
    }

    @Test
    void aResumedRunMeasuresTheSameAndGoesOnWithTheCurve() throws IOException {
        try (TrainingRun training = TrainingRun.start(plan, dataset, run, Device.cpu())) {
            training.evaluateSamples(measuring(Metric.FID)).train();
        }
        Map<Long, Double> unbroken = scores("evaluate/fid");
        run = folder.resolve("resumed");
        try (TrainingRun training = TrainingRun.start(plan, dataset, run, Device.cpu())) {
            training.evaluateSamples(measuring(Metric.FID)).stopAfter(3).train();
        }
        Files.delete(run.resolve("evaluation.png"));
        try (TrainingRun training = TrainingRun.resume(run, dataset, Device.cpu())) {
            training.evaluateSamples(measuring(Metric.FID)).train();
        }

        assertThat(scores("evaluate/fid")).isEqualTo(unbroken);
        assertThat(run.resolve("evaluation.png")).isNotEmptyFile();
    }

    @Test
    void anotherFigureBeginsAnew() throws IOException {
        try (TrainingRun training = TrainingRun.start(plan, dataset, run, Device.cpu())) {
            training.evaluateSamples(measuring(Metric.FID)).stopAfter(2).train();
        }
        try (TrainingRun training = TrainingRun.resume(run, dataset, Device.cpu())) {
            training.evaluateSamples(measuring(Metric.IS, Metric.FID)).train();
        }

        Checkpoint latest = Checkpoints.of(run).latest().orElseThrow();
        assertThat(latest.state().best().orElseThrow().by()).startsWith("is of 12 samples");
        assertThat(latest.state().best().orElseThrow().quality()).isGreaterThanOrEqualTo(1);
        assertThat(scores("evaluate/is")).containsOnlyKeys(4L, 6L);
    }

    @Test
    void needsAGenerator() throws IOException {
        TrainingPlan classifier = TinyRuns.classifierPlan(dataset, Map.of());
        try (TrainingRun training = TrainingRun.start(classifier, dataset, run, Device.cpu())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> training.evaluateSamples(SampleEvaluation.every(5)))
                    .withMessage("samples of cifar10-classifier cannot be measured: it makes no images");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleEvaluation.every(0))
                .withMessage("steps between measurements must be ≥ 1, got 0");
    }

    /** The last generator of a run as bytes. */
    private static byte[] weights(Path run) throws IOException {
        return Files.readAllBytes(Checkpoints.of(run).latest().orElseThrow().file("generator"));
    }

    private byte[] weightsWithout() throws IOException {
        Path other = folder.resolve("unmeasured");
        try (TrainingRun training = TrainingRun.start(plan, dataset, other, Device.cpu())) {
            training.train();
        }
        return weights(other);
    }

    private Map<Long, Double> scores(String name) throws IOException {
        Map<Long, Double> scores = new LinkedHashMap<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            JsonNode entry = JSON.readTree(line);
            if (entry.path("metrics").has(name)) {
                scores.put(
                        entry.path("step").longValue(),
                        entry.path("metrics").path(name).doubleValue());
            }
        }
        return scores;
    }
}
