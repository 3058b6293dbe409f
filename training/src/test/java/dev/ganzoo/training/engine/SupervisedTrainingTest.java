package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.training.NativeResources;
import dev.ganzoo.training.TinyRuns;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.recipe.EpochSchedule;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.architecture.EightConvolutions;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.graph.reference.Closeness;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
@ExtendWith(NativeResources.class)
class SupervisedTrainingTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rgb", "grey"})
    void stepsAreThoseOfPyTorch(String images) {
        Safetensors torch = PyTorchFixtures.classifier(images);
        EightConvolutions.Spec spec = PyTorchFixtures.classifierSpec(torch);
        Feed.Batch batch =
                new Feed.Batch(torch.tensor("images"), PyTorchFixtures.oneHot(torch.tensor("labels"), spec.classes()));
        double weightDecay = Double.parseDouble(torch.metadata().get("weight_decay"));
        EpochSchedule schedule =
                new EpochSchedule(9, 4, 1e-3, 0.9, 0.999, weightDecay, 0, EpochSchedule.Decay.NONE, List.of(), 0, 0);
        try (Training training = new SupervisedTraining(
                EightConvolutions.classifier(spec),
                Objectives.crossEntropy(),
                schedule,
                1,
                index -> batch,
                batch.values(),
                0,
                Device.cpu())) {
            var state = training.state();
            state.put("classifier", PyTorchFixtures.under("classifier", torch));
            training.restore(state, 0);

            for (int step = 1; step <= 2; step++) {
                Map<String, Double> metrics = training.step(step - 1);

                String prefix = "step" + step;
                assertThat(metrics.get("loss/classifier"))
                        .isCloseTo(torch.tensor(prefix + "/loss").data()[0], within(1e-4));
                Map<String, Tensor> weights = training.state().get("classifier");
                PyTorchFixtures.under(prefix + "/classifier", torch)
                        .forEach((name, expected) ->
                                Closeness.assertClose(name, weights.get(name), DoubleTensor.of(expected), 1e-4));
            }
        }
    }

    @Test
    void learnsNoiseByHeart() throws IOException {
        Dataset dataset = TinyRuns.dataset(folder, 4);
        TrainingPlan plan = TinyRuns.classifierPlan(
                dataset, Map.of("epochs", "80", "learningRate", "3e-3", "cropArea", "1", "flip", "0", "width", "8"));
        try (Training training = Trainings.begin(plan, dataset, Device.cpu())) {
            Training.Evaluation before = training.evaluate(dataset).orElseThrow();
            for (int step = 0; step < plan.steps(); step++) {
                training.step(step);
            }
            Training.Evaluation after = training.evaluate(dataset).orElseThrow();

            assertThat(after.metrics().get("loss/test"))
                    .isLessThan(before.metrics().get("loss/test") / 2);
            assertThat(after.quality())
                    .isEqualTo(after.metrics().get("accuracy/test"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aStepLeavesNoArrayBehind() throws IOException {
        Dataset dataset = TinyRuns.dataset(folder, 4);
        TrainingPlan plan = TinyRuns.classifierPlan(dataset, Map.of("emaDecay", "0.9", "weightDecay", "0.1"));
        try (Training training = Trainings.begin(plan, dataset, Device.cpu())) {
            everything(training, dataset, 0);
            int held = NativeResources.heldArrays();
            for (int step = 1; step < 10; step++) {
                everything(training, dataset, step);
            }

            assertThat(NativeResources.heldArrays()).isEqualTo(held);
        }
    }

    private static void everything(Training training, Dataset dataset, long step) {
        training.step(step);
        training.evaluate(dataset);
        training.golden();
        training.state();
    }
}
