package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.StopReason;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.run.Parts;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run stopped and resumed ends as one that was never stopped, bit for bit. */
@Tag("native")
@ExtendWith(NativeResources.class)
class ResumeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Cadence EVERY_STEP = new Cadence(1, 3, 2, 2);

    @TempDir
    private Path folder;

    static Stream<Map<String, String>> settings() {
        return Stream.of(
                Map.of("emaStart", "2", "emaDecay", "0.9"),
                Map.of("emaDecay", "0", "decay", "none", "beta1", "0.5"),
                Map.of("accumulation", "2", "discriminatorSteps", "2", "batch", "2", "emaStart", "0"),
                Map.of("augment", "color,translation,cutout"),
                Map.of("standingBatches", "3", "spectralNorm", "both", "attention", "true"),
                Map.of("standingBatches", "2", "emaDecay", "0"),
                Map.of(
                        "augment",
                        "flip,turn,translation,color,cutout",
                        "augmentProbability",
                        "0.5",
                        "overfittingTarget",
                        "0.6",
                        "adaptationImages",
                        "100",
                        "discriminatorSteps",
                        "2"),
                Map.of(
                        "r1",
                        "0.2",
                        "gradientPenalty",
                        "10",
                        "generatorOrthogonality",
                        "1e-4",
                        "objective",
                        "wasserstein"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void stoppedTwiceIsAsAtOnce(Map<String, String> settings) throws IOException {
        Dataset dataset = TinyRuns.dataset(folder.resolve("images"), 5);

        assertStoppedTwiceIsAsAtOnce(TinyRuns.plan(dataset, settings), dataset, "generator");

        assertThat(folder.resolve("stopped/samples/step-00000003.png"))
                .hasSameBinaryContentAs(folder.resolve("at-once/samples/step-00000003.png"));
    }

    static Stream<Map<String, String>> classifierSettings() {
        return Stream.of(
                Map.of(),
                Map.of("emaDecay", "0.9", "emaStart", "2", "weightDecay", "0.1", "decay", "cosine", "milestones", ""));
    }

    @ParameterizedTest
    @MethodSource("classifierSettings")
    void aClassifierStoppedTwiceIsAsAtOnce(Map<String, String> settings) throws IOException {
        Dataset dataset = TinyRuns.dataset(folder.resolve("images"), 5);

        assertStoppedTwiceIsAsAtOnce(TinyRuns.classifierPlan(dataset, settings), dataset, "classifier");
    }

    static List<Recipe> recipes() {
        return Recipes.all();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyRecipeStoppedTwiceIsAsAtOnce(Recipe recipe) throws IOException {
        Dataset dataset = TinyRuns.dataset(folder.resolve("images"), 5);
        TrainingPlan plan = TinyRuns.plan(recipe, dataset);

        assertStoppedTwiceIsAsAtOnce(plan, dataset, plan.networks().hasClassifier() ? "classifier" : "generator");
    }

    private void assertStoppedTwiceIsAsAtOnce(TrainingPlan plan, Dataset dataset, String weights) throws IOException {
        Path atOnce = folder.resolve("at-once");
        Path stopped = folder.resolve("stopped");

        assertThat(train(TrainingRun.start(plan, dataset, atOnce, Device.cpu()), dataset, 6))
                .isEqualTo(StopReason.FINISHED);
        assertThat(train(TrainingRun.start(plan, dataset, stopped, Device.cpu()), dataset, 1))
                .isEqualTo(StopReason.STEP_REACHED);
        assertThat(train(TrainingRun.resume(stopped, dataset, Device.cpu()), dataset, 4))
                .isEqualTo(StopReason.STEP_REACHED);
        assertThat(train(TrainingRun.resume(stopped, dataset, Device.cpu()), dataset, 6))
                .isEqualTo(StopReason.FINISHED);

        assertSameCheckpoint(
                Checkpoints.of(stopped).at(6), Checkpoints.of(atOnce).at(6), weights);
        assertThat(metrics(stopped)).isEqualTo(metrics(atOnce)).containsOnlyKeys(1L, 2L, 3L, 4L, 5L, 6L);
    }

    private static StopReason train(TrainingRun run, Dataset dataset, long stopAfter) throws IOException {
        try (run) {
            return run.cadence(EVERY_STEP)
                    .evaluateOn(dataset)
                    .stopAfter(stopAfter)
                    .train();
        }
    }

    private static void assertSameCheckpoint(Checkpoint actual, Checkpoint expected, String weights) {
        assertThat(actual.parts()).isEqualTo(expected.parts()).contains(weights, Parts.GOLDEN);
        for (String part : expected.parts()) {
            assertThat(actual.file(part)).hasSameBinaryContentAs(expected.file(part));
        }
    }

    private static Map<Long, JsonNode> metrics(Path run) throws IOException {
        Map<Long, JsonNode> metrics = new LinkedHashMap<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            JsonNode json = JSON.readTree(line);
            metrics.put(json.get("step").longValue(), json.get("metrics"));
        }
        return metrics;
    }
}
