package dev.ganzoo.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.training.TinyRuns;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.training.run.RunDirectory;
import dev.ganzoo.training.run.RunStart;
import dev.ganzoo.training.run.SampleGrids;
import dev.ganzoo.training.run.SampleReport;
import dev.ganzoo.training.run.StopReason;
import dev.ganzoo.zoo.run.CheckpointState;
import dev.ganzoo.zoo.run.CheckpointWriter;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class RunReportTest {
    private static final String LINE =
            "{\"step\":%d,\"images_per_second\":50.0,\"metrics\":{\"loss/a\":%s,\"loss/b\":2.0,\"loss/tiny\":0.001}}\n";

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void makeRun() throws IOException {
        run = folder.resolve("r&d");
        TrainingPlan plan = TinyRuns.plan(TinyRuns.dataset(folder.resolve("images"), 4), Map.of("steps", "20"));
        RunDirectory.create(run, plan.toJson()).close();
        Files.writeString(run.resolve("metrics.jsonl"), LINE.formatted(1, "1.5") + LINE.formatted(2, "\"NaN\""));
    }

    private String html() throws IOException {
        return Files.readString(RunReport.of(run, Recipes.book()).save());
    }

    @Test
    void isOnePageThatNeedsNothingElse() throws IOException {
        try (CheckpointWriter writer = Checkpoints.of(run).begin(2)) {
            writer.commit(new CheckpointState(
                    7_560, "an <abacus>", 0.3, Optional.of(new CheckpointState.Best(1, -7.5, "fid of 9", 2))));
        }
        samples(12);

        assertThat(html())
                .startsWith("<!doctype html>")
                .contains("sngan-proj on images: training report")
                .contains("2 of 20", "2.1 hours", "an &lt;abacus&gt;", "step 1: 7.500 (lower is better) by fid of 9")
                .contains("not yet, or it was cut off")
                .contains("a <b>1.500</b>", "b <b>2.000</b>", "tiny <b>0.001000</b>", "images a second <b>50.00</b>")
                .contains("<th>ngf</th><td>4</td>", "generator: ", "discriminator: ")
                .contains("r&amp;d", "ganzoo export", "ganzoo sample")
                .contains("data:image/gif;base64,")
                .contains("step 12<", "step 1<")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("r&d", "NaN")
                .doesNotContainPattern("(src|href)=\"(?!data:)")
                .doesNotContain("url(", "@import");
        assertThat(html().split("data:image/png", -1)).hasSize(1 + 1 + 8);
        assertThat(html().split("<figure class=\"chart\">", -1)).hasSize(1 + 3);
    }

    private void samples(int grids) throws IOException {
        SampleGrids writer = SampleGrids.of(run);
        writer.started(new RunStart("", 0, 20));
        for (int step = 1; step <= grids; step++) {
            writer.samples(new SampleReport(step, Tensor.zeros(4, 3, 8, 8), 2, List.of("a", "b")));
        }
        writer.stopped(grids, StopReason.FINISHED);
    }

    @Test
    void tellsOfARunThatHasOnlyBegun() throws IOException {
        Files.delete(run.resolve("metrics.jsonl"));
        assertThat(html()).contains("Settings").doesNotContain("<h2>Curves", "<h2>Samples");
    }

    @Test
    void readsWhileALineIsBeingWritten() throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":3,", StandardOpenOption.APPEND);
        assertThat(html()).contains("a <b>1.500</b>");
    }

    @Test
    void namesTheLineThatIsDamaged() throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":3,\n", StandardOpenOption.APPEND);
        assertThatThrownBy(this::html)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(run.resolve("metrics.jsonl") + " line 3 must be JSON: ");
    }

    @Test
    void refusesWhatIsNoRun() {
        assertThatThrownBy(() -> RunReport.of(folder, Recipes.book()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder + " must be a run directory, but it has no recipe.json");
    }
}
