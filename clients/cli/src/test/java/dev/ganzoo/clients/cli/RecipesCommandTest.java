package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("pure")
class RecipesCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine ganzoo =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void listsEveryRecipeWithItsSource() {
        assertThat(ganzoo.execute("recipes")).isZero();
        assertThat(out.toString().lines()).hasSameSizeAs(Recipes.all());
        for (Recipe recipe : Recipes.all()) {
            assertThat(out.toString().lines())
                    .anyMatch(line -> line.startsWith(recipe.name() + " ") && line.endsWith(recipe.source()));
        }
    }

    @Test
    void showsHyperparametersAndNetworks() {
        assertThat(ganzoo.execute("recipes", "sngan-proj")).isZero();
        assertThat(out.toString().lines())
                .startsWith(
                        "sngan-proj (Miyato & Koyama 2018, cGANs with Projection Discriminator)",
                        Recipes.SNGAN_PROJECTION.about(),
                        "",
                        "objective: hinge (Lim & Ye 2017, Geometric GAN)")
                .contains(
                        "Hyperparameters, each open to --set NAME=VALUE (a list with commas), and what some choose from:")
                .anyMatch(line -> line.matches("  ngf +256"))
                .anyMatch(line -> line.matches("  discriminatorSteps +5"))
                .anyMatch(line -> line.matches("  decay +linear +none, linear"))
                .anyMatch(line -> line.matches("  attention +false +true, false"))
                .anyMatch(line -> line.matches("  augment +\\(none\\) +any of color, flip, turn, translation, cutout"))
                .anyMatch(line -> line.matches("  objective +hinge +minimax, non-saturating, hinge, .*"))
                .anyMatch(line -> line.matches("  non-saturating +binary cross entropy .* called BCE"))
                .anyMatch(line -> line.matches("  generatorLearningRate +2\\.0E-4"))
                .anyMatch(line -> line.startsWith("generator: ") && line.endsWith("4,304,387 parameters"))
                .anyMatch(line -> line.matches("  block1\\.conv1 +conv2d +\\(N, 256, 8, 8\\) +590,080"))
                .anyMatch(line -> line.startsWith("discriminator: "));
    }

    @Test
    void showsNetworksOfAnotherSize() {
        assertThat(ganzoo.execute("recipes", "ssgan", "--size", "64")).isZero();
        assertThat(out.toString().lines())
                .contains("Networks, for 10 classes of 64×64 RGB images:")
                .anyMatch(line -> line.matches("  ngf +1024"))
                .anyMatch(line -> line.matches("  conv +conv2d +\\(N, 3, 64, 64\\) +[\\d,]+"));
    }

    @Test
    void refusesSizesThatTheRecipeLacks() {
        assertThat(ganzoo.execute("recipes", "ssgan", "--size", "40")).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("ganzoo: size must be 32, 48, 64 or 128, got 40");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aSizeIsOfARecipe() {
        assertThat(ganzoo.execute("recipes", "--size", "64")).isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: --size needs a RECIPE to show, got none");
    }

    @Test
    void writesPages(@TempDir Path folder) {
        Path pages = folder.resolve("pages");

        assertThat(ganzoo.execute("recipes", "--pages", pages.toString())).isZero();

        assertThat(pages.resolve("README.md")).content().contains("[ssgan](ssgan.md)");
        assertThat(pages.resolve("ssgan.md")).content().contains("# ssgan");
    }

    @Test
    void suggestsTheNearest() {
        assertThat(ganzoo.execute("recipes", "sngan-prj")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("ganzoo: unknown recipe \"sngan-prj\"; did you mean \"sngan-proj\"? (known: dcgan, ");
    }
}
