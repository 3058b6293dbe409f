package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.RunStart;
import dev.ganzoo.training.run.SampleReport;
import dev.ganzoo.training.run.StepReport;
import dev.ganzoo.training.run.StopReason;
import dev.ganzoo.training.run.TrainingListener;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
@ExtendWith(NativeResources.class)
class TrainingRunTest {
    private static final Cadence EVERY_STEP = new Cadence(1, 2, 1, 2);

    @TempDir
    private Path folder;

    private Path out;
    private Dataset dataset;

    @BeforeEach
    void makeData() throws IOException {
        out = folder.resolve("run");
        dataset = TinyRuns.dataset(folder.resolve("images"), 4);
    }

    @Test
    void tellsListenersWhatHappens() throws IOException {
        Diary diary = new Diary();

        train(Map.of("steps", "2"), 2, diary);

        assertThat(diary.entries)
                .containsExactly(
                        "started 0 of 2",
                        "step 1",
                        "saved 1",
                        "step 2",
                        "samples 2 [a, b]",
                        "saved 2",
                        "stopped 2 finished",
                        "close");
        assertThat(Checkpoints.of(out).steps()).containsExactly(1L, 2L);
        assertThat(out.resolve("report.html")).content().contains("2 of 2", "samples, step 2", "image/gif");
    }

    @Test
    void savesWhenItIsAskedToStop() throws IOException {
        try (TrainingRun run = start(Map.of())) {
            TrainingListener asking = new TrainingListener() {
                @Override
                public void stepDone(StepReport report) {
                    run.requestStop();
                }
            };
            StopReason reason = run.cadence(Cadence.DEFAULT).listener(asking).train();

            assertThat(reason).isEqualTo(StopReason.INTERRUPTED);
            assertThat(run.step()).isEqualTo(1);
        }
        assertThat(Checkpoints.of(out).steps()).containsExactly(1L);
    }

    @Test
    void savesWhenItsTimeIsOver() throws IOException {
        try (TrainingRun run = start(Map.of())) {
            assertThat(run.timeBudget(Duration.ofNanos(1)).train()).isEqualTo(StopReason.TIME_OVER);
            assertThat(run.step()).isLessThan(2);
            assertThat(Checkpoints.of(out).steps()).containsExactly(run.step());

            assertThatThrownBy(() -> run.timeBudget(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the time budget must be > 0, got PT0S");
        }
    }

    @Test
    void refusesAFolderThatHoldsARun() throws IOException {
        train(Map.of(), 1, new Diary());

        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%s must not hold a run yet, it is at step 1; go on with `ganzoo resume %s`", out, out);
        assertThatThrownBy(() -> start(Map.of("ngf", "8")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("architecture.ngf: run has 4, asked for 8");
        TrainingRun.resume(out, dataset, Device.cpu()).close();
    }

    @Test
    void refusesOtherData() throws IOException {
        train(Map.of(), 1, new Diary());
        Dataset other = TinyRuns.dataset(folder.resolve("other"), 5);

        assertThatThrownBy(() -> TrainingRun.resume(out, other, Device.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "data must be %s with 8 images and fingerprint %s, got %s with 10 and %s",
                        dataset.name(), dataset.fingerprint(), other.name(), other.fingerprint());
    }

    @Test
    void leavesNothingBehindIfItCannotBegin() {
        assertThatThrownBy(() -> start(Map.of("batch", "9")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch size must be in [1, 8] (the number of samples), got 9");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesAGpuThatIsNotThere() {
        assumeTrue(Engine.getEngine("PyTorch").getGpuCount() == 0);
        TrainingPlan plan = TinyRuns.plan(dataset, Map.of());

        assertThatThrownBy(() -> TrainingRun.start(plan, dataset, out, Device.cuda(0)))
                .isInstanceOf(DeviceUnavailableException.class)
                .hasMessage(
                        "device cuda:0 is not available: libtorch finds no GPU that it can use; choose cpu, or build"
                                + " with -Pcuda on a machine with a GPU");
        assertThat(out).doesNotExist();
    }

    @Test
    void namesTheLastGoodCheckpointWhenLossesAreNotFinite() throws IOException {
        train(Map.of(), 2, new Diary());
        Path recipe = out.resolve("recipe.json");
        Files.writeString(recipe, Files.readString(recipe).replaceAll("(LearningRate\" : )[^,]*", "$11e30"));
        Diary diary = new Diary();

        assertThatThrownBy(() -> resume(6, diary))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageMatching(
                        "\\S.* must be finite, got (NaN|-?Infinity) at step 3; the last good checkpoint is .*"
                                + "step-00000002");
        assertThat(Checkpoints.of(out).steps()).containsExactly(1L, 2L);
        assertThat(diary.entries).containsExactly("started 2 of 6", "failed 2", "close");
    }

    @Test
    void savesNoWeightsThatAreNotFinite() {
        assertThatThrownBy(() -> train(Map.of("generatorLearningRate", "1e39"), 1, new Diary()))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageMatching(
                        "generator \\S+ must be finite, got (NaN|-?Infinity) at step 1; there is no checkpoint"
                                + " before it");
        assertThat(out.resolve("checkpoints")).doesNotExist();
    }

    private TrainingRun start(Map<String, String> settings) throws IOException {
        return TrainingRun.start(TinyRuns.plan(dataset, settings), dataset, out, Device.cpu());
    }

    private void train(Map<String, String> settings, long stopAfter, Diary diary) throws IOException {
        try (TrainingRun run = start(settings)) {
            run.cadence(EVERY_STEP).listener(diary).stopAfter(stopAfter).train();
        }
    }

    private void resume(long stopAfter, Diary diary) throws IOException {
        try (TrainingRun run = TrainingRun.resume(out, dataset, Device.cpu())) {
            run.cadence(EVERY_STEP).listener(diary).stopAfter(stopAfter).train();
        }
    }

    private static final class Diary implements TrainingListener {
        private final List<String> entries = new ArrayList<>();

        @Override
        public void started(RunStart start) {
            entries.add("started %d of %d".formatted(start.step(), start.totalSteps()));
        }

        @Override
        public void stepDone(StepReport report) {
            entries.add("step " + report.step());
        }

        @Override
        public void samples(SampleReport samples) {
            entries.add("samples " + samples.step() + " " + samples.rowNames());
        }

        @Override
        public void checkpointSaved(Checkpoint checkpoint) {
            entries.add("saved " + checkpoint.step());
        }

        @Override
        public void stopped(long step, StopReason reason) {
            entries.add("stopped " + step + (reason == StopReason.FINISHED ? " finished" : ""));
        }

        @Override
        public void failed(long step, Throwable cause) {
            entries.add("failed " + step);
        }

        @Override
        public void close() {
            entries.add("close");
        }
    }
}
