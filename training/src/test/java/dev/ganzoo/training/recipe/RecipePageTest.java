package dev.ganzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class RecipePageTest {
    private static final Path PAGES = Path.of("../docs/recipes");

    static Stream<String> pages() {
        return RecipePage.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePageInTheDocumentationIsThatOfTheRecipe(String page) throws IOException {
        assertThat(PAGES.resolve(page))
                .as("write it anew with: ./ganzoo recipes --pages docs/recipes")
                .hasContent(RecipePage.all().get(page));
    }

    @Test
    void theIndexSaysWhatObjectivesAre() {
        assertThat(RecipePage.all().get("README.md"))
                .contains("## Objectives\n", "| `non-saturating` | binary cross entropy");
    }

    @Test
    void noOtherPagesAreThere() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(pages().toList());
        }
    }

    @Test
    void aPageTellsAllThatIsToBeKnown() {
        assertThat(RecipePage.of(Recipes.SSGAN))
                .contains(
                        "# ssgan\n",
                        Recipes.SSGAN.source(),
                        Recipes.SSGAN.about(),
                        "./ganzoo train ssgan --data cifar10 --out runs/ssgan",
                        "Objective: hinge (Lim & Ye 2017, Geometric GAN), one of [several](README.md#objectives).",
                        "| `discriminatorRotation` | 1.0 |  |",
                        "| `pooling` | sum | sum, mean |",
                        "| `augment` | (none) | any of color, flip, turn, translation, cutout |",
                        "`./ganzoo recipes ssgan --size N` shows them for another size",
                        "### Generator: 4,276,739 parameters",
                        "### Discriminator: 1,054,341 parameters",
                        "block1[\"block1 (N, 256, 8, 8)<br/>1,246,976\"]",
                        "    linear --> block1\n",
                        "| block1.conv1 | conv2d | (N, 256, 8, 8) | 590,080 |",
                        "| rotation | linear | (N, 4) | 516 |");
    }
}
