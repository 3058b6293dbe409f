package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of samples that are all the same when a checkpoint is due. */
@Tag("pure")
class SavesTest {
    @TempDir
    private Path folder;

    private final Painter painter = new Painter();
    private TrainingPlan plan;
    private Checkpoints checkpoints;

    @BeforeEach
    void makePlan() throws IOException {
        plan = TinyRuns.plan(TinyRuns.dataset(folder.resolve("images"), 4), Map.of());
        checkpoints = Checkpoints.of(folder.resolve("run"));
    }

    @Test
    void collapsedWeightsAreNotSaved() throws IOException {
        Saves saves = saves();
        painter.contrast = 0.5f;
        saves.save(1, 1);
        painter.contrast = 0;

        assertThatThrownBy(() -> saves.save(2, 1))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageEndingWith(
                        "must not vanish, got 0.0 at step 2; the last good checkpoint is %s",
                        checkpoints.at(1).folder());
        assertThat(checkpoints.steps()).containsExactly(1L);
    }

    @Test
    void aResumedRunKnowsThatSamplesDiffered() throws IOException {
        painter.contrast = 0.5f;
        saves().save(1, 1);
        Saves resumed = saves();
        resumed.restore(checkpoints.latest().orElseThrow());
        painter.contrast = 0;

        assertThatThrownBy(() -> resumed.save(2, 1)).isInstanceOf(TrainingDivergedException.class);
    }

    @Test
    void aRunMayStartWithoutDifferences() throws IOException {
        Saves saves = saves();
        painter.contrast = 0;
        saves.save(1, 1);
        assertThat(saves().restore(checkpoints.latest().orElseThrow())).isEqualTo(1);
    }

    private Saves saves() {
        Divergence divergence = new Divergence(checkpoints);
        return new Saves(checkpoints, painter, divergence, new FixedSamples(plan, painter, divergence));
    }

    /** Makes images whose rows of eight are stripes of this contrast. */
    private static final class Painter implements Training {
        private float contrast;

        @Override
        public Optional<Tensor> samples() {
            float[] pixels = new float[2 * SAMPLES_PER_ROW];
            for (int image = 0; image < pixels.length; image++) {
                pixels[image] = image % 2 == 0 ? contrast : -contrast;
            }
            return Optional.of(Tensor.of(pixels, pixels.length, 1, 1, 1));
        }

        @Override
        public Map<String, Double> step(long step) {
            return Map.of();
        }

        @Override
        public Map<String, Tensor> golden() {
            return Map.of();
        }

        @Override
        public Map<String, Map<String, Tensor>> state() {
            return Map.of();
        }

        @Override
        public Set<String> parts() {
            return Set.of();
        }

        @Override
        public void restore(Map<String, Map<String, Tensor>> state, long steps) {}

        @Override
        public void close() {}
    }
}
