package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.attack.Attacks;
import dev.ganzoo.zoo.image.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
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
class AttackCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void writeModelAndImages() throws IOException {
        Files.createDirectories(folder.resolve("models"));
        TinyModels.writeClassifier(folder.resolve("models/tiny.zip"));
        for (int i = 0; i < 10; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 64; p++) {
                image.setRGB(p % 8, p / 8, (0x3F5A71 * (p + 7 * i + 1)) & 0xFFFFFF);
            }
            Path file = folder.resolve("data/class-%d/%d.png".formatted(i % 5, i));
            Files.createDirectories(file.getParent());
            Files.write(file, Png.encode(image));
        }
    }

    private int attack(String... args) {
        List<String> all = new ArrayList<>(
                List.of("attack", "tiny", "--models", folder.resolve("models").toString()));
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
    void attacksFilesAndDrawsAFigure() throws IOException {
        int code = attack(
                path("data/class-0/0.png"),
                path("data/class-1/1.png"),
                "--attack",
                "bim",
                "--epsilon",
                "16/255",
                "--set",
                "steps=5",
                "--target",
                "2",
                "--out",
                path("figure.png"),
                "--json",
                path("numbers.json"));

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .startsWith("bim (norm linf, epsilon 16/255, steps 5,")
                .contains("image 1 (");
        assertThat(ImageIO.read(folder.resolve("figure.png").toFile()).getWidth())
                .isGreaterThan(500);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("numbers.json").toFile());
        assertThat(json.at("/attack").asText()).isEqualTo("bim");
        assertThat(json.at("/images/1/target").asInt()).isEqualTo(2);
        assertThat(json.at("/images/0/after/linf").asDouble()).isBetween(0.0, 16 / 255.0 + 1e-6);
    }

    @Test
    void savesPerturbedImagesOfADataset() throws IOException {
        int code = attack(
                "--data",
                path("data"),
                "--split",
                "train",
                "--index",
                "3,7",
                "--attack",
                "fgsm",
                "--out",
                path("saved"));

        assertThat(code).as(err.toString()).isZero();
        try (Stream<Path> files = Files.list(folder.resolve("saved"))) {
            assertThat(files.map(file -> file.getFileName().toString().substring(0, 6))
                            .sorted())
                    .containsExactly("000000", "000001");
        }
    }

    @Test
    void evaluatesADataset() throws IOException {
        int code = attack(
                "--evaluate",
                "--data",
                path("data"),
                "--split",
                "train",
                "--limit",
                "6",
                "--epsilon",
                "0,2/255,8/255",
                "--attacks",
                "fgsm,pgd",
                "--set",
                "steps=3",
                "--json",
                path("out.json"),
                "--plot",
                path("out.png"));

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("first 6 images, linf, seed 0").contains("clean accuracy");
        assertThat(err.toString()).contains("attacking: fgsm 2/255");
        JsonNode json = new ObjectMapper().readTree(folder.resolve("out.json").toFile());
        assertThat(json.at("/rows").size()).isEqualTo(6);
        assertThat(json.at("/protocol/model").asText()).isNotEmpty();
        assertThat(ImageIO.read(folder.resolve("out.png").toFile()).getWidth()).isEqualTo(800);
    }

    @Test
    void listsAttacks() {
        assertThat(attack("--list")).isZero();
        for (String name : Attacks.names()) {
            assertThat(out.toString()).contains(name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epsilon 8/255 | nothing to attack: give image files, or a dataset by --data",
                "--evaluate | --evaluate needs --data, and takes no --index",
                "--epsilon 1/255,2/255 | several attacks or epsilons, and --plot, need --evaluate",
                "--evaluate --target 1 | --evaluate takes no image files, --target, --label or --out; it takes --data, --json, --plot",
                "missing.png | no image file \"missing.png\"",
            })
    void mistakesAreNamed(String args, String message) {
        assertThat(attack(args.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void unknownAttacksAreNamed() {
        assertThat(attack(path("data/class-0/0.png"), "--attack", "pdg")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown attack \"pdg\"; did you mean \"pgd\"?");
    }
}
