package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.image.Png;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class VisualizeCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void writeModel() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        TinyModels.writeClassifier(folder.resolve("models/tiny-classifier.zip"));
    }

    private int visualize(String... args) {
        List<String> all = new ArrayList<>(List.of(
                "visualize",
                "tiny-classifier",
                "--models",
                folder.resolve("models").toString(),
                "--device",
                "cpu"));
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
    void savesClassesAndTheirProgress() throws Exception {
        int code = visualize("--classes", "all", "--steps", "20", "--out", path("grid.png"), "--gif", path("grid.gif"));

        assertThat(err.toString().lines())
                .hasSize(10)
                .allMatch(line -> line.matches("step \\d+ of 20: objective \\S+"));
        assertThat(code).isZero();
        assertThat(out)
                .hasToString(
                        "%s: 5 images after 20 steps%n%s: 21 frames%n".formatted(path("grid.png"), path("grid.gif")));
        assertThat(Png.text(Files.readAllBytes(folder.resolve("grid.png"))))
                .containsEntry("model", "tiny-classifier")
                .containsEntry("preset", "modern");
        assertThat(folder.resolve("grid.gif")).isNotEmptyFile();
    }

    @Test
    void everyOptionReachesTheSearch() throws Exception {
        int code = visualize(
                ("--classes red,2 --preset course --steps 3 --rate 0.5 --decay 0.01 --optimizer adam --space fourier"
                                + " --spatial mean --jitter 2 --scale 0.1 --rotation 5 --total-variation 0.1 --l2 0.2"
                                + " --l3 0.3 --blur 0.4 --start grey --seed 9 --batch 1 --frames 2 --out ")
                        .concat(path("grid.png"))
                        .split(" "));

        assertThat(code).as(err.toString()).isZero();
        assertThat(Png.text(Files.readAllBytes(folder.resolve("grid.png"))))
                .containsAllEntriesOf(Map.ofEntries(
                        Map.entry("preset", "course"),
                        Map.entry("seed", "9"),
                        Map.entry("space", "fourier"),
                        Map.entry("optimizer", "adam"),
                        Map.entry("spatial", "mean"),
                        Map.entry("start", "grey"),
                        Map.entry("steps", "3"),
                        Map.entry("rate", "0.5000"),
                        Map.entry("decay", "0.01000"),
                        Map.entry("jitter of the side", "0.2500"),
                        Map.entry("scale", "0.1000"),
                        Map.entry("rotation", "5.000"),
                        Map.entry("total variation", "0.1000"),
                        Map.entry("l2", "0.2000"),
                        Map.entry("l3", "0.3000"),
                        Map.entry("blur", "0.4000")));
    }

    @Test
    void listsLayers() {
        assertThat(visualize("--layers")).isZero();
        assertThat(out.toString()).contains("conv1").contains("6 × 8 × 8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --channels 0-2,5    | 4
                    --channels all      | 6
                    --neuron 5,0,7      | 1
                    --direction 1,-1,0,0,0,2 | 1
                    """)
    void savesFeaturesOfALayer(String options, int images) {
        List<String> args = new ArrayList<>(List.of("--layer", "conv1", "--steps", "1", "--out", path("each")));
        args.addAll(List.of(options.split(" ")));

        assertThat(visualize(args.toArray(String[]::new))).as(err.toString()).isZero();
        assertThat(out).asString().startsWith("%s: %d images after 1 steps".formatted(path("each"), images));
        assertThat(folder.resolve("each").toFile().list()).hasSize(images);
    }

    @Test
    void dreamsStartAtAnImage() throws Exception {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(3, 3, 0, 255);
        ImageIO.write(image, "png", folder.resolve("dot.png").toFile());

        int code = visualize(
                "--layer",
                "conv1",
                "--dream",
                path("dot.png"),
                "--preset",
                "course",
                "--steps",
                "1",
                "--out",
                path("dream.png"));

        assertThat(code).as(err.toString()).isZero();
        assertThat(Png.text(Files.readAllBytes(folder.resolve("dream.png")))).containsEntry("start", "image");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --layer cnv1             | unknown layer "cnv1"; did you mean "conv1"?
                    --layer conv1 --channels 4-9 | channel of layer conv1[6, 8, 8] must be in 0..5, got 6
                    --layer conv1 --channels 2-1 | a range of --channels must not end before it begins, got "2-1"
                    --layer conv1 --channels x   | --channels must be numbers and ranges such as 0-15,32, or all, got "x"
                    --layer conv1 --neuron 1,2   | --neuron must be a channel, a row and a column, as in 5,0,0, got 2 numbers
                    --layer conv1 --classes red  | --classes and --layer exclude each other; give one of them
                    --channels 1             | --channels, --neuron, --direction and --dream need --layer
                    --classes violet         | unknown class "violet"
                    --preset corse           | unknown preset "corse"; did you mean "course"?
                    --steps 0                | steps must be in 1..100000, got 0
                    """)
    void mistakesAreUsageErrors(String options, String message) {
        assertThat(visualize(options.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void missingImagesAreNamed() {
        assertThat(visualize("--start", path("nothing.png"))).isEqualTo(1);
        assertThat(err.toString()).contains("nothing.png");
    }
}
