package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.training.run.StopReason;
import dev.ganzoo.training.run.TrainingListener;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classifiers measured on held-out images while they learn. */
@Tag("native")
@ExtendWith(NativeResources.class)
class EvaluationTest {
    @TempDir
    private Path folder;

    private Dataset dataset;
    private TrainingPlan plan;

    @BeforeEach
    void makeData() throws IOException {
        dataset = TinyRuns.dataset(folder.resolve("images"), 4);
        plan = TinyRuns.classifierPlan(dataset, Map.of("epochs", "4", "learningRate", "1e-2", "milestones", ""));
    }

    @Test
    void happensAfterEachEpochAndKeepsTheBestWeights() throws IOException {
        Accuracies accuracies = new Accuracies();
        try (TrainingRun run = start()) {
            run.cadence(new Cadence(3, 100, 100, 1))
                    .listener(accuracies)
                    .evaluateOn(dataset)
                    .train();
        }

        assertThat(accuracies.byStep).containsOnlyKeys(2L, 4L, 6L, 8L);
        double best = accuracies.byStep.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .getAsDouble();
        long first = accuracies.byStep.entrySet().stream()
                .filter(entry -> entry.getValue() == best)
                .findFirst()
                .orElseThrow()
                .getKey();
        Checkpoint latest = Checkpoints.of(folder.resolve("run")).latest().orElseThrow();
        assertThat(latest.step()).isEqualTo(8);
        assertThat(latest.state().best().orElseThrow().step()).isEqualTo(first);
        assertThat(latest.state().best().orElseThrow().quality()).isEqualTo(best);
        assertThat(Checkpoints.of(folder.resolve("run")).steps())
                .contains(first)
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void canBeRareOrLeftOut() throws IOException {
        Accuracies accuracies = new Accuracies();
        try (TrainingRun run = start()) {
            run.cadence(new Cadence(1, 100, 100, 1, 3))
                    .listener(accuracies)
                    .evaluateOn(dataset)
                    .train();
        }
        assertThat(accuracies.byStep).containsOnlyKeys(6L, 8L);

        Accuracies none = new Accuracies();
        try (TrainingRun run = TrainingRun.start(plan, dataset, folder.resolve("other"), Device.cpu())) {
            run.cadence(new Cadence(1, 100, 100, 1, 0))
                    .listener(none)
                    .evaluateOn(dataset)
                    .train();
        }
        assertThat(none.byStep).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acgan-wgan-gp", "sgan"})
    void aDiscriminatorThatTellsClassesIsMeasuredToo(String recipe) throws IOException {
        TrainingPlan gan = TinyRuns.plan(Recipes.named(recipe), dataset);
        assertThat(gan.measuredOnTest()).isTrue();
        Accuracies accuracies = new Accuracies();

        try (TrainingRun run = TrainingRun.start(gan, dataset, folder.resolve("gan"), Device.cpu())) {
            run.cadence(new Cadence(1, 100, 100, 1, 1))
                    .listener(accuracies)
                    .evaluateOn(dataset)
                    .train();
        }

        assertThat(accuracies.byStep).containsOnlyKeys(2L, 4L, 6L);
        assertThat(accuracies.byStep.values())
                .allSatisfy(accuracy -> assertThat(accuracy).isBetween(0.0, 1.0));
        assertThat(TinyRuns.plan(Recipes.SNGAN, dataset).measuredOnTest()).isFalse();
    }

    @Test
    void endsTheRunWhenNothingBetterWasMeasuredForLong() throws IOException {
        plan = TinyRuns.classifierPlan(dataset, Map.of("epochs", "40", "learningRate", "1e-9", "milestones", ""));
        Path folder = this.folder.resolve("run");
        try (TrainingRun run = start()) {
            assertThat(run.evaluateOn(dataset).patience(3).train()).isEqualTo(StopReason.NO_BETTER);
        }
        Checkpoint last = Checkpoints.of(folder).latest().orElseThrow();
        assertThat(last.state().best().orElseThrow().since()).isEqualTo(3);
        assertThat(last.step()).isEqualTo(last.state().best().orElseThrow().step() + 3 * 2);
        assertThat(folder.resolve("ended.txt"))
                .hasContent("stopped after step %d: nothing better was measured".formatted(last.step()));

        try (TrainingRun run = TrainingRun.resume(folder, dataset, Device.cpu())) {
            assertThat(run.evaluateOn(dataset).patience(5).train()).isEqualTo(StopReason.NO_BETTER);
            assertThat(run.step()).isEqualTo(last.step() + 2 * 2);
        }
    }

    @Test
    void patienceNeedsMeasurements() throws IOException {
        try (TrainingRun run = start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run.patience(3).train())
                    .withMessageStartingWith("patience needs measurements, but nothing is measured of ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run.patience(0))
                    .withMessage("patience must be ≥ 1, got 0");
        }
    }

    @Test
    void needsImagesOfTheSameKind() throws IOException {
        Dataset other = Datasets.load(
                folder.resolve("images").toString(),
                Split.TRAIN,
                LoadOptions.defaults().size(16));
        try (TrainingRun run = start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run.evaluateOn(other))
                    .withMessage("test images must be like those trained on, got " + other);
        }
    }

    private TrainingRun start() throws IOException {
        return TrainingRun.start(plan, dataset, folder.resolve("run"), Device.cpu());
    }

    private static final class Accuracies implements TrainingListener {
        private final Map<Long, Double> byStep = new TreeMap<>();

        @Override
        public void stepDone(StepReport report) {
            if (report.isEvaluation()) {
                byStep.put(report.step(), report.metrics().get("accuracy/test"));
            }
        }
    }
}
