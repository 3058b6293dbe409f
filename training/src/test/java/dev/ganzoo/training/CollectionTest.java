package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.engine.Trainings;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Garbage collection in the midst of a step changes nothing: no memory that libtorch still reads belongs to an object that
 * the JVM may free.
 */
@Tag("native")
@ExtendWith(NativeResources.class)
class CollectionTest {
    private static final int STEPS = 3;

    @TempDir
    private Path folder;

    static List<Recipe> recipes() {
        return Recipes.all();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void stepsAreTheSameWhileGarbageIsCollected(Recipe recipe) throws Exception {
        Dataset dataset = TinyRuns.dataset(folder.resolve("images"), 5);
        TrainingPlan plan = TinyRuns.plan(recipe, dataset);

        List<Map<String, Double>> undisturbed = metrics(plan, dataset);
        List<Map<String, Double>> disturbed;
        try (Collecting collecting = new Collecting()) {
            disturbed = metrics(plan, dataset);
        }

        assertThat(disturbed).isEqualTo(undisturbed);
    }

    private static List<Map<String, Double>> metrics(TrainingPlan plan, Dataset dataset) throws IOException {
        List<Map<String, Double>> metrics = new ArrayList<>();
        try (Training training = Trainings.begin(plan, dataset, Device.cpu())) {
            for (int step = 0; step < STEPS; step++) {
                metrics.add(training.step(step));
            }
        }
        return metrics;
    }

    /** Collects garbage and writes over what was freed, on a thread of its own, until closed. */
    private static final class Collecting implements AutoCloseable {
        private static final int SMALL = 16;
        private static final int MANY = 1_000;

        private final AtomicBoolean closed = new AtomicBoolean();
        private final Thread thread = new Thread(this::collect, "collecting");

        Collecting() {
            thread.start();
        }

        private void collect() {
            while (!closed.get()) {
                System.gc();
                for (int i = 0; i < MANY; i++) {
                    ByteBuffer.allocateDirect(SMALL).putFloat(Float.NaN);
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            closed.set(true);
            thread.join();
        }
    }
}
