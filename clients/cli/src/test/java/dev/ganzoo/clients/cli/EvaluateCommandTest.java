package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.data.NoiseImages;
import dev.ganzoo.zoo.files.CacheFolder;
import dev.ganzoo.zoo.model.ModelPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class EvaluateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void writeModelsAndImages() throws IOException {
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("cache").toString());
        Files.createDirectories(folder.resolve("models"));
        TinyModels.writeClassifier(folder.resolve("models/judge.zip"));
        TinyModels.write(folder.resolve("models/tiny"));
        NoiseImages.write(folder.resolve("noise"), 12);
    }

    @AfterEach
    void forgetTheCache() {
        System.clearProperty(CacheFolder.PROPERTY);
    }

    private int evaluate(String... args) {
        List<String> all = new ArrayList<>(List.of("evaluate"));
        all.addAll(List.of(args));
        all.addAll(List.of("--models", path("models"), "--extractor", "judge", "--batch", "8"));
        return run(all);
    }

    private int run(List<String> args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).toFile());
    }

    @Test
    void measuresAModelAndWritesItsCard() throws IOException {
        String[] args = {
            "tiny",
            "--against",
            path("noise"),
            "--metrics",
            "fid,is",
            "--samples",
            "20",
            "--splits",
            "2",
            "--repeats",
            "2",
            "--json",
            path("out.json"),
            "--write-card"
        };
        int code = evaluate(args);

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("tiny 1.0.0 against folder noise, judged by tiny-classifier features, not Inception")
                .contains("protocol", "seeds                 0, 1", "written into the card of tiny");
        assertThat(err.toString()).contains("samples of seed 1: 20", "real images (folder noise): 24");
        assertThat(json("out.json").at("/scores/0/metric").asText()).isEqualTo("fid");
        assertThat(json("out.json").at("/scores/0/deviation").isNumber()).isTrue();
        var quality = ModelPackage.open(folder.resolve("models/tiny")).card().quality();
        assertThat(quality).extracting(score -> score.metric()).containsExactly("fid", "is");
        assertThat(quality.get(0).protocol()).containsEntry("seeds", "0, 1");

        assertThat(evaluate(args)).isZero();
        assertThat(out.toString()).contains("(measured before)");
        assertThat(ModelPackage.open(folder.resolve("models/tiny")).card().quality())
                .hasSize(2);
    }

    @Test
    void comparesTwoFoldersAndKeepsStatistics() throws IOException {
        int code = evaluate(
                path("noise/a"), "--against", path("noise/b"), "--metrics", "fid", "--save-statistics", path("b.npz"));
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("folder a against folder b, judged by");

        assertThat(evaluate(path("noise/b"), "--against", path("b.npz"), "--metrics", "fid", "--json", path("b.json")))
                .isZero();
        assertThat(json("b.json").at("/scores/0/value").asDouble()).isBetween(-1e-6, 1e-4);
    }

    @Test
    void trainsClassifiersForCas() throws IOException {
        NoiseImages.write(folder.resolve("real/train"), 6);
        NoiseImages.write(folder.resolve("real/test"), 3);
        String[] args = {
            path("noise"),
            "--against",
            path("real"),
            "--metrics",
            "fid,cas",
            "--samples",
            "8",
            "--json",
            path("cas.json"),
            "--cas-set",
            "width=3",
            "--cas-set",
            "epochs=2",
            "--cas-set",
            "batch=4",
            "--device",
            "cpu"
        };
        assertThat(evaluate(args)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("trained on samples, tested on held-out real images")
                .contains("trained on real images, tested on samples");
        assertThat(json("cas.json").at("/scores").findValuesAsText("metric"))
                .containsExactly("fid", "cas", "cas-reverse", "cas-real");
        assertThat(err.toString()).contains("learning from generated images: 4");

        assertThat(evaluate(path("noise"), "--against", path("noise"), "--metrics", "cas"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("cas needs real images to hold out, but " + path("noise") + " has no test split");
        assertThat(evaluate(path("noise"), "--metrics", "cas")).isEqualTo(2);
        assertThat(err.toString()).contains("cas needs --against, the dataset of the real images");
        assertThat(evaluate("tiny", "--metrics", "cas", "--repeats", "2")).isEqualTo(2);
        assertThat(err.toString()).contains("cas takes one truncation, and no --per-class, --class or --repeats");
    }

    @Test
    void measuresARunByItsCheckpoint() throws IOException {
        Path run = folder.resolve("run");
        List<String> training =
                TinyTraining.train(folder.resolve("noise"), run, "--steps", "2", "--checkpoint-every", "1");
        assertThat(run(training)).as(err.toString()).isZero();
        String[] args = {
            run.toString(), "--against", path("noise"), "--metrics", "fid", "--samples", "12", "--checkpoint", "1"
        };

        assertThat(evaluate(args)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("run-run 1.0.0 against folder noise", "step                  1\n");
        assertThat(json("run/evaluations.json").at("/scores/0/protocol/step").asText())
                .isEqualTo("1");
        assertThat(evaluate(args)).isZero();
        assertThat(out.toString()).contains("(measured before)");
        assertThat(evaluate(run.toString(), "--against", path("noise"), "--write-card"))
                .isEqualTo(2);
    }

    @Test
    void drawsACurveOfTruncations() throws IOException {
        int code = evaluate(
                "tiny",
                "--against",
                path("noise"),
                "--metrics",
                "fid,is",
                "--samples",
                "20",
                "--splits",
                "2",
                "--truncation",
                "0.2,1,none",
                "--plot",
                path("curve.png"),
                "--json",
                path("curve.json"));

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("truncation", "scaled:0.2", "none");
        assertThat(ImageIO.read(folder.resolve("curve.png").toFile()).getWidth())
                .isEqualTo(800);
        assertThat(json("curve.json").at("/points").size()).isEqualTo(3);
    }

    @Test
    void measuresEachClass() {
        assertThat(evaluate(path("noise"), "--against", path("noise"), "--metrics", "fid", "--per-class"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("class", "recognised")
                .containsPattern("\n  b +[-0-9.e]+ +- +- +- +12 +12\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiny --metrics fdi | unknown metric \"fdi\"; did you mean \"fid\"?",
                "tinny | unknown model \"tinny\"; did you mean \"tiny\"?",
                "tiny --layer conv9 --against NOISE | unknown layer \"conv9\"",
                "tiny --plot x.png | --plot draws a curve: give several truncations",
                "NOISE --against NOISE --write-card | --write-card needs a model",
                "NOISE --against NOISE --checkpoint 3 | --checkpoint and --ema need a run directory",
                "tiny --against NOISE --samples 20 | kid needs at least 1,000 samples, got 20; give smaller subsets",
                "tiny --per-class --repeats 2 | --per-class takes one truncation, and no --class, --repeats or --write-card",
            })
    void mistakesAreNamed(String args, String message) {
        assertThat(evaluate(args.replace("NOISE", path("noise")).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
