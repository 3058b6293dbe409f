package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.training.NativeResources;
import dev.ganzoo.training.TinyRuns;
import dev.ganzoo.training.recipe.Adversarial;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A step leaves no array behind. */
@Tag("native")
@ExtendWith(NativeResources.class)
class MemoryTest {
    @TempDir
    private Path folder;

    @Test
    void theNumberOfArraysStaysTheSame() throws IOException {
        assertArraysStay(30);
    }

    @Test
    @Tag("slow")
    void theNumberOfArraysStaysTheSameForLong() throws IOException {
        assertArraysStay(1_000);
    }

    private void assertArraysStay(int steps) throws IOException {
        Dataset dataset = TinyRuns.dataset(folder, 4);
        TrainingPlan plan = TinyRuns.plan(dataset, Map.of("ngf", "2", "ndf", "2", "batch", "2", "accumulation", "2"));
        Feed feed = new DatasetFeed(dataset, 2, 8, 1);
        Adversarial procedure = (Adversarial) plan.procedure();
        try (AdversarialTraining training = new AdversarialTraining(
                plan.networks(), procedure.game(), procedure.schedule(), feed, 1, Device.cpu())) {
            training.step(0);
            training.sampleAverage(feed.generatorLatents(0));
            int held = NativeResources.heldArrays();
            for (int step = 1; step < steps; step++) {
                training.step(step % plan.steps());
            }
            training.sampleAverage(feed.generatorLatents(0));
            training.state();

            assertThat(NativeResources.heldArrays()).isEqualTo(held);
        }
    }
}
