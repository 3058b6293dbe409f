package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.training.NativeResources;
import dev.ganzoo.training.TinyRuns;
import dev.ganzoo.training.recipe.Adversarial;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step leaves no array behind. */
@Tag("native")
@ExtendWith(NativeResources.class)
class MemoryTest {
    @TempDir
    private Path folder;

    private static final int MEASURED_EVERY = 100;
    private static final long GROWTH = 48L << 20;
    private static final Duration GIVING_BACK = Duration.ofMillis(300);

    static Stream<Map<String, String>> settings() {
        return Stream.concat(Stream.of(Map.of()), penalties());
    }

    /** Penalties come on top of all that a plain step does. */
    static Stream<Map<String, String>> penalties() {
        return Stream.of(
                Map.of("r1", "0.2", "gradientPenalty", "10", "generatorOrthogonality", "1e-4"),
                Map.of("objective", "wasserstein", "gradientPenalty", "10", "gradientLengths", "one_sided"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theNumberOfArraysStaysTheSame(Map<String, String> settings) throws IOException {
        assertArraysStay(30, settings);
    }

    @ParameterizedTest
    @MethodSource("penalties")
    @Tag("slow")
    void memoryStaysTheSameForLong(Map<String, String> settings) throws IOException {
        assertArraysStay(1_000, settings);
    }

    private void assertArraysStay(int steps, Map<String, String> settings) throws IOException {
        Dataset dataset = TinyRuns.dataset(folder, 4);
        Map<String, String> all =
                new HashMap<>(Map.of("ngf", "2", "ndf", "2", "batch", "2", "accumulation", "2", "steps", "1000"));
        all.putAll(settings);
        TrainingPlan plan = TinyRuns.plan(dataset, all);
        Feed feed = new DatasetFeed(dataset, 2, 8, 1);
        Adversarial procedure = (Adversarial) plan.procedure();
        try (AdversarialTraining training = new AdversarialTraining(
                plan.networks(),
                procedure.game(),
                procedure.augmentation(),
                procedure.schedule(),
                feed,
                1,
                Device.cpu())) {
            training.step(0);
            training.sampleAverage(feed.generatorLatents(0));
            int held = NativeResources.heldArrays();
            List<Long> resident = new ArrayList<>();
            for (int step = 1; step < steps; step++) {
                training.step(step);
                if (step % MEASURED_EVERY == 0) {
                    resident.add(residentBytes());
                }
            }
            if (!resident.isEmpty()) {
                int half = resident.size() / 2;
                List<Long> before = resident.subList(0, half);
                List<Long> after = resident.subList(half, resident.size());
                assertThat(Collections.min(after)).isLessThan(Collections.min(before) + GROWTH);
            }
            training.sampleAverage(feed.generatorLatents(0));
            training.state();

            assertThat(NativeResources.heldArrays()).isEqualTo(held);
        }
    }

    /** All memory of the process in use, of the heap and of libtorch, as Linux counts it. G1 gives back a moment after it freed. */
    private static long residentBytes() throws IOException {
        System.gc();
        trimNativeHeap();
        LockSupport.parkNanos(GIVING_BACK.toNanos());
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096;
    }

    /** Gives back to the system what malloc holds and nobody uses. */
    private static void trimNativeHeap() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            new Object[0],
                            new String[0]);
        } catch (JMException e) {
            throw new IllegalStateException("this JDK cannot trim the native heap", e);
        }
    }
}
