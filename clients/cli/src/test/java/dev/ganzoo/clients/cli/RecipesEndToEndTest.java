package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Every GAN of the registry from the first step to images of the exported model. */
@Tag("native")
class RecipesEndToEndTest {
    @TempDir
    private Path folder;

    static Stream<Recipe> gans() {
        return Recipes.all().stream()
                .filter(recipe -> !recipe.networks().apply(recipe.example()).hasClassifier());
    }

    @ParameterizedTest
    @MethodSource("gans")
    void trainsExportsAndSamples(Recipe recipe) throws IOException {
        Path images = TinyTraining.images(folder.resolve("images"));
        Path run = folder.resolve("run");
        Path model = folder.resolve("model.zip");
        Path grid = folder.resolve("grid.png");

        execute(TinyTraining.train(recipe, images, run, "--set", "steps=2", "--device", "cpu"));
        execute(List.of("export", run.toString(), "--out", model.toString()));
        execute(List.of("sample", model.toString(), "--count", "4", "--out", grid.toString()));

        int size = recipe.example().size();
        assertThat(ImageIO.read(grid.toFile()).getWidth()).isGreaterThanOrEqualTo(2 * size);
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
