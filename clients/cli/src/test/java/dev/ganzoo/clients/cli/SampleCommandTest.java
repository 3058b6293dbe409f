package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.image.Png;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class SampleCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void writeModel() throws Exception {
        TinyModels.write(folder.resolve("models/tiny.zip"));
    }

    private int sample(String... args) {
        List<String> all = new ArrayList<>(
                List.of("sample", "tiny", "--models", folder.resolve("models").toString()));
        all.addAll(List.of(args));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void savesAGrid() throws Exception {
        int code = sample(
                "--class", "ship", "--count", "16", "--truncation", "0.8", "--seed", "42", "--out", path("ships.png"));

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out)
                .hasToString("%s: 16 images of tiny: class ship, seed 42, truncation scaled:0.8%n"
                        .formatted(path("ships.png")));
        assertThat(ImageIO.read(folder.resolve("ships.png").toFile()).getWidth())
                .isEqualTo(4 * 6 + 2);
        assertThat(Png.text(Files.readAllBytes(folder.resolve("ships.png"))))
                .containsEntry("seed", "42")
                .containsEntry("class", "ship");
    }

    @Test
    void theSameSeedSavesTheSameBytes() throws Exception {
        sample("--seed", "1", "--out", path("a.npy"), "--threads", "1");
        sample("--seed", "1", "--out", path("b.npy"), "--device", "cpu");

        assertThat(folder.resolve("b.npy")).hasSameBinaryContentAs(folder.resolve("a.npy"));
    }

    @Test
    void savesEachImageInAFolder() throws Exception {
        assertThat(sample("--count", "2", "--each-class", "--out", path("each")))
                .isZero();

        try (Stream<Path> files = Files.list(folder.resolve("each"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .startsWith("000000-plane.png", "000001-ship.png", "000002-cat.png")
                    .hasSize(6);
        }
    }

    @Test
    void savesAnAnimation() throws Exception {
        int code = sample(
                "--interpolate",
                "7",
                "--seed",
                "1,2,3",
                "--class",
                "cat,ship",
                "--loop",
                "--scale",
                "2",
                "--truncation",
                "resampled:1",
                "--out",
                path("path.gif"));

        assertThat(code).isZero();
        assertThat(out.toString())
                .endsWith(": 7 frames of tiny: classes cat, ship, seeds 1, 2, 3, truncation resampled:1\n");
        assertThat(ImageIO.read(folder.resolve("path.gif").toFile()).getWidth()).isEqualTo(8);
    }

    @Test
    void mixesClasses() {
        assertThat(sample("--mix", "cat=0.5,ship=1.5", "--seed", "-3", "--count", "1", "--out", path("mix.png")))
                .isZero();
        assertThat(out.toString()).contains("1 image of tiny: class 0.75 ship + 0.25 cat, seed -3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--class shp       | unknown class \"shp\"; did you mean \"ship\"? (known: plane, ship, cat)",
                "--count 0         | count must be at least 1, got 0",
                "--truncation -1   | truncation must be in (0, 2], got -1",
                "--truncation x    | truncation must be none, a number, scaled:number or resampled:number, got \"x\"",
                "--device gpu      | device must be auto, cpu or cuda:index, got \"gpu\"",
                "--threads 0       | threads must be in 1..1024, got 0",
                "--seed 1,2        | --seed must be one seed, got 2; several need --interpolate",
                "--loop            | --loop needs --interpolate",
                "--interpolate 1   | frames must be at least 2, got 1",
                "--interpolate 4 --first 1 | --interpolate takes no --each-class, --mix or --first",
                "--class cat --each-class  | --class, --each-class and --mix exclude each other; give one of them",
            })
    void mistakesAreToldAndNothingIsWritten(String args, String message) {
        assertThat(sample((args + " --out " + path("x.png")).split(" "))).isEqualTo(2);

        assertThat(err.toString()).isEqualTo("ganzoo: " + message + "\n");
        assertThat(folder.resolve("x.png")).doesNotExist();
    }

    @Test
    void anUnknownEndingIsAMistake() {
        assertThat(sample("--out", path("x.jpg"))).isEqualTo(2);
        assertThat(err.toString()).contains("its name must end with .png, .gif or .npy, or be a folder's");
    }

    @Test
    void anUnknownModelIsAMistakeAndABrokenOneAFailure() throws Exception {
        Files.writeString(folder.resolve("models/broken.zip"), "no zip");
        String models = folder.resolve("models").toString();
        var ganzoo = Main.commandLine().setErr(new PrintWriter(err));

        assertThat(ganzoo.execute("sample", "tny", "--models", models)).isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: unknown model \"tny\"; did you mean \"tiny\"? (known: ");
        err.getBuffer().setLength(0);
        assertThat(ganzoo.execute("sample", "broken", "--models", models)).isEqualTo(1);
        assertThat(err.toString()).contains("broken.zip: not a whole zip file: cut short or altered");
    }
}
