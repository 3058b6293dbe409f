package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.files.CacheFolder;
import dev.ganzoo.zoo.run.Checkpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class TrainCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();
    private Path images;
    private Path out;

    @BeforeEach
    void makeImages() throws IOException {
        images = TinyTraining.images(folder.resolve("images"));
        out = folder.resolve("run");
    }

    @Test
    void stopsAndGoesOn() throws IOException {
        assertThat(train("--steps", "4", "--stop-after", "1")).isZero();
        assertThat(err.toString().lines()).contains("go on with: ganzoo resume " + out);
        assertThat(Checkpoints.of(out).steps()).containsExactly(1L);

        assertThat(execute("resume", out.toString(), "--stop-after", "3", "--device", "cpu"))
                .isZero();
        assertThat(execute("resume", out.toString(), "--device", "cpu", "--log-every", "1"))
                .isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(Checkpoints.of(out).steps()).containsExactly(1L, 3L, 4L);
        assertThat(Files.readString(out.resolve("metrics.jsonl"))).startsWith("{\"step\":4,");
        assertThat(out.resolve("samples/step-00000004.png")).isNotEmptyFile();
        assertThat(out.resolve("progress.gif")).isNotEmptyFile();
    }

    @Test
    void stopsWhenItsHoursAreOver() throws IOException {
        assertThat(train("--steps", "400", "--hours", "1e-9")).isZero();

        assertThat(err.toString().lines()).contains("go on with: ganzoo resume " + out);
        assertThat(train("--hours", "0")).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("ganzoo: hours must be in (0, 100000], got 0.0");
    }

    @Test
    void measuresSamplesAndExportsTheBest() throws IOException {
        System.setProperty(CacheFolder.PROPERTY, images.resolveSibling("cache").toString());
        try {
            assertThat(train("--steps", "4", "--evaluate-every", "2", "--evaluate-samples", "8"))
                    .isZero();
        } finally {
            System.clearProperty(CacheFolder.PROPERTY);
        }
        assertThat(Files.readString(out.resolve("metrics.jsonl"))).contains("\"step\":2,", "\"evaluate/fid\":");
        assertThat(out.resolve("evaluation.png")).isNotEmptyFile();
        assertThat(out.resolve("evaluations.json")).content().contains("\"metric\" : \"fid\"");

        Path model = images.resolveSibling("model");
        assertThat(execute("export", out.toString(), "--checkpoint", "best", "--out", model.toString()))
                .isZero();
        assertThat(err.toString()).containsPattern("of step [24] ");
    }

    @Test
    void refusesMeasurementsThatCannotBe() {
        assertThat(train("--steps", "4", "--evaluate-every", "-1")).isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: evaluate-every must be ≥ 0, got -1");
        assertThat(train("--steps", "4", "--evaluate-metrics", "fidd")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown metric \"fidd\"; did you mean \"fid\"?");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesAChangedRecipe() throws IOException {
        assertThat(train("--steps", "4", "--stop-after", "1")).isZero();

        assertThat(execute("resume", out.toString(), "--set", "ngf=8", "--steps", "9"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "ganzoo: the recipe of " + out + " must not change, found 2 differences:",
                        "  architecture.ngf: run has 4, asked for 8",
                        "  schedule.steps: run has 4, asked for 9",
                        "ask for the same again, or train in another folder");
        assertThat(execute("resume", out.toString(), "--set", "ngf=4", "--steps", "4", "--stop-after", "2"))
                .isZero();
    }

    @Test
    void refusesToTrainWhereARunIs() throws IOException {
        assertThat(train("--steps", "4", "--stop-after", "1")).isZero();

        assertThat(train("--steps", "4")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("ganzoo: " + out
                        + " must not hold a run yet, it is at step 1; go on with `ganzoo resume " + out + "`");
    }

    @Test
    void refusesOtherData() throws IOException {
        assertThat(train("--steps", "4", "--stop-after", "1")).isZero();
        Files.delete(images.resolve("a/0.png"));

        assertThat(execute("resume", out.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("ganzoo: data must be " + images + " with 8 images and fingerprint ")
                .contains(", got images with 7 and ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --set nfg=4         | unknown setting "nfg"; did you mean "ngf"? (known: latent, ngf, ndf, upsampling,
                    --set ngf=many      | ngf must be a whole number, got "many"
                    --set classes=3     | classes must come from the data, got classes=3
                    --set batch=9       | batch size must be in [1, 8] (the number of samples), got 9
                    --steps 0           | steps must be ≥ 1, got 0
                    --stop-after 0      | stop-after must be ≥ 1, got 0
                    --log-every 0       | log must be ≥ 1, got 0
                    --threads 0         | threads must be ≥ 1, got 0
                    --device gpu        | device must be auto, cpu or cuda:index, got "gpu"
                    --limit 0           | limit must be at least 1, got 0
                    """)
    void refusesWhatCannotBeTrained(String options, String message) {
        assertThat(train(options.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: " + message);
        assertThat(out).doesNotExist();
    }

    @Test
    void anUnknownRecipeSuggestsTheNearest() {
        assertThat(execute("train", "sngan-prj", "--data", images.toString(), "--out", out.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: unknown recipe \"sngan-prj\"; did you mean \"sngan-proj\"?");
    }

    @Test
    void thereMustBeARunToGoOnWith() {
        assertThat(execute("resume", out.toString())).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("ganzoo: no such file or folder: " + out);
    }

    private int train(String... more) {
        List<String> command = TinyTraining.train(images, out, more);
        return execute(command.toArray(String[]::new));
    }

    private int execute(String... args) {
        err.getBuffer().setLength(0);
        return Main.commandLine().setErr(new PrintWriter(err)).execute(args);
    }
}
