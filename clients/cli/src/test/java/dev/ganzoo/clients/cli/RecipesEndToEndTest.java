package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.NoiseImages;
import dev.ganzoo.zoo.run.Checkpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe of the registry by commands alone, from the first step to what the exported model is for. */
@Tag("native")
class RecipesEndToEndTest {
    private static final String FOLDER = "a folder";
    private static final List<String> DATA = List.of("cifar10", "fashion-mnist", FOLDER);

    @TempDir
    private Path folder;

    static Stream<Arguments> recipesOnData() {
        return Recipes.all().stream().flatMap(recipe -> DATA.stream().map(data -> Arguments.of(recipe, data)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("recipesOnData")
    void trainsGoesOnIsExportedAndUsed(Recipe recipe, String name) throws IOException {
        String data = data(name);
        Path run = folder.resolve("run");
        Networks<?> networks = recipe.networks().apply(recipe.example());

        execute(TinyTraining.train(recipe, data, run, "--limit", "8", "--stop-after", "1", "--device", "cpu"));
        assertThat(Checkpoints.of(run).steps()).containsExactly(1L);
        execute(List.of("resume", run.toString(), "--device", "cpu"));
        assertThat(Checkpoints.of(run).steps()).containsExactly(1L, 2L);

        if (networks.hasClassifier()) {
            assertAttackable(export(run), data);
            return;
        }
        assertSamples(export(run), recipe.example().size());
        if (recipe.procedure().measuredOnTest(networks)) {
            assertAttackable(export(run, "--classifier"), data);
        }
    }

    @ParameterizedTest(name = "{0} at {1} pixels")
    @CsvSource({
        "sgan, 32, ",
        "dcgan, 28, ",
        "acgan-wgan-gp, 24, ",
        "ssgan, 48, ngf=8 ndf=16",
        "biggan, 64, ngf=16 ndf=16 latent=20"
    })
    void makesImagesOfAnotherSize(String recipe, int size, String settings) throws IOException {
        Path run = folder.resolve("run");
        List<String> train = TinyTraining.train(
                Recipes.named(recipe), data(FOLDER), run, "--size", Integer.toString(size), "--device", "cpu");
        if (settings != null) {
            Stream.of(settings.split(" ")).forEach(setting -> train.addAll(List.of("--set", setting)));
        }

        execute(train);

        assertSamples(export(run), size);
    }

    static Stream<Recipe> gans() {
        return Recipes.all().stream()
                .filter(recipe -> !recipe.networks().apply(recipe.example()).hasClassifier());
    }

    @ParameterizedTest
    @MethodSource("gans")
    void refusesASizeThatItsNetworksCannotMake(Recipe recipe) {
        StringWriter err = new StringWriter();
        String run = folder.resolve("run").toString();

        int code = Main.commandLine()
                .setErr(new PrintWriter(err))
                .execute("train", recipe.name(), "--data", "cifar10", "--size", "30", "--out", run);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).matches("ganzoo: size must be (a multiple of|32,|4, 5, 6 or 7 times) .*, got 30\\R");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    private String data(String name) throws IOException {
        if (name.equals(FOLDER)) {
            NoiseImages.write(folder.resolve("images/train"), 4);
            NoiseImages.write(folder.resolve("images/test"), 2);
            return folder.resolve("images").toString();
        }
        assumeTrue(Datasets.named(name).find(LoadOptions.defaults()).isPresent(), name + " is not on this machine");
        return name;
    }

    private Path export(Path run, String... more) {
        Path model = folder.resolve("model%d.zip".formatted(more.length));
        execute(Stream.concat(Stream.of("export", run.toString(), "--out", model.toString()), Stream.of(more))
                .toList());
        return model;
    }

    private void assertSamples(Path model, int size) throws IOException {
        Path grid = folder.resolve("grid.png");
        execute(List.of("sample", model.toString(), "--count", "4", "--out", grid.toString()));
        assertThat(ImageIO.read(grid.toFile()).getWidth()).isBetween(2 * size, 2 * size + size / 2);
    }

    private void assertAttackable(Path model, String data) {
        Path figure = folder.resolve("figure.png");
        String attack = "attack %s --attack fgsm --epsilon 8/255 --limit 2".formatted(model);
        execute(Stream.concat(Stream.of(attack.split(" ")), Stream.of("--data", data, "--out", figure.toString()))
                .toList());
        assertThat(figure).isNotEmptyFile();
    }

    private static void execute(List<String> command) {
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(command.toArray(String[]::new));
        assertThat(code).as("%s: %s", command, err).isZero();
    }
}
