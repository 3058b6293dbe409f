package dev.ganzoo.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class RunDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void keepsTheRecipeAndOpensForTheSameOne() throws IOException {
        Path folder = temporary.resolve("runs/x");
        JsonNode recipe = json("{\"name\": \"sngan-proj\", \"ngf\": 64, \"adam\": {\"betas\": [0.0, 0.9]}}");
        try (var run = RunDirectory.create(folder, recipe)) {
            assertThat(run.recipe()).isEqualTo(recipe);
            assertThat(run.checkpoints().latest()).isEmpty();
        }
        String written = Files.readString(folder.resolve("recipe.json"));
        assertThat(written).contains("\"ngf\" : 64").endsWith("}\n");

        JsonNode reordered = json("{\"ngf\": 64.0, \"adam\": {\"betas\": [0, 0.9]}, \"name\": \"sngan-proj\"}");
        RunDirectory.create(folder, reordered).close();
        try (var run = RunDirectory.open(folder)) {
            assertThat(run.recipe()).isEqualTo(recipe);
        }
        assertThat(folder.resolve("recipe.json")).hasContent(written);
    }

    @Test
    void refusesAnotherRecipeWithTheDifferences() throws IOException {
        Path folder = temporary.resolve("x");
        RunDirectory.create(folder, json("{\"ngf\":64,\"loss\":\"hinge\",\"betas\":[0.0,0.9],\"ema\":{\"decay\":0.9}}"))
                .close();
        JsonNode asked = json("{\"ngf\":128,\"loss\":\"bce\",\"betas\":[0.5,0.9],\"ema\":{},\"seed\":1}");

        assertThatThrownBy(() -> RunDirectory.create(folder, asked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(String.format(
                        "the recipe of %s must not change, found 6 differences:%n"
                                + "  ngf: run has 64, asked for 128%n"
                                + "  loss: run has hinge, asked for bce%n"
                                + "  betas[0]: run has 0.0, asked for 0.5%n"
                                + "  ema.decay: run has 0.9, asked for nothing%n"
                                + "  ema: run has nothing, asked for {}%n"
                                + "  seed: run has nothing, asked for 1%n"
                                + "ask for the same again, or train in another folder",
                        folder));
        assertThatCode(() -> RunDirectory.open(folder).close())
                .as("the refusal keeps no lock")
                .doesNotThrowAnyException();
    }

    @Test
    void refusesASecondWriter() throws IOException {
        Path folder = temporary.resolve("x");
        RunDirectory first = RunDirectory.create(folder, json("{\"ngf\":64}"));
        String message = folder + " must not be written by two processes, but process "
                + ProcessHandle.current().pid()
                + " is training in it; stop that one first or choose another folder";
        assertThatThrownBy(() -> RunDirectory.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> RunDirectory.create(folder, json("{\"ngf\":64}")))
                .hasMessage(message);
        assertThat(new RunFiles(folder).readRecipe()).isEqualTo(json("{\"ngf\":64}"));

        first.close();
        first.close();
        RunDirectory.open(folder).close();
    }

    @Test
    void refusesAFolderOfOtherThings() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("photos"));
        Files.writeString(folder.resolve("cat.txt"), "a cat");
        assertThatThrownBy(() -> RunDirectory.create(folder, json("{}")))
                .hasMessage(folder + " must be empty or a run directory, but it has no recipe.json and holds cat.txt");
        assertThat(folder.toFile().list()).containsExactly("cat.txt");
        assertThatThrownBy(() -> RunDirectory.create(folder.resolve("cat.txt"), json("{}")))
                .hasMessage(folder.resolve("cat.txt") + " must be a folder, found a file");
    }

    @Test
    void namesWhatIsNoRun() throws IOException {
        Path absent = temporary.resolve("absent");
        assertThatThrownBy(() -> RunDirectory.open(absent))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(absent.toString());
        assertThat(absent).doesNotExist();
        Path other = Files.createDirectory(temporary.resolve("other"));
        assertThatThrownBy(() -> RunDirectory.open(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(other + " must be a run directory, but it has no recipe.json");

        Path damaged = Files.createDirectory(temporary.resolve("damaged"));
        Path recipe = Files.writeString(damaged.resolve("recipe.json"), "{\"ngf\":");
        assertThatThrownBy(() -> RunDirectory.open(damaged))
                .hasMessageStartingWith(recipe + " must hold JSON, but line 1 is not: ");
        Files.writeString(recipe, "[1]");
        assertThatThrownBy(() -> RunDirectory.open(damaged))
                .hasMessage(recipe + " must hold a JSON object, found ARRAY");
    }

    @Test
    void cleansUpAfterAWriterThatWasKilled() throws IOException {
        Path folder = temporary.resolve("x");
        RunDirectory.create(folder, json("{\"ngf\":64}")).close();
        Path half = folder.resolve("checkpoints/.step-00000500.12345678.partial");
        Files.createDirectories(half);
        Files.writeString(half.resolve("generator.safetensors"), "half a gener");
        Path grid = folder.resolve("samples/.step-00000500.png.12345678.partial");
        Files.createDirectories(grid.getParent());
        Files.writeString(grid, "half a png");
        Path metadata = Files.writeString(folder.resolve(".hidden"), "somebody else's");

        assertThat(Checkpoints.of(folder).steps()).isEmpty();
        RunDirectory.open(folder).close();
        assertThat(half).doesNotExist();
        assertThat(grid).doesNotExist();
        assertThat(metadata).exists();
    }

    @Test
    void startsWhereAWriterWasKilledBeforeItsRecipe() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("x"));
        Files.writeString(folder.resolve(".lock"), "4711");
        Files.writeString(folder.resolve(".recipe.json.12345678.partial"), "{");
        RunDirectory.create(folder, json("{\"ngf\":64}")).close();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".lock", "recipe.json");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
