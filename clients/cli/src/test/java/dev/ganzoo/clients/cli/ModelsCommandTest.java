package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.model.ModelPackage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("pure")
class ModelsCommandTest {
    private final StringWriter out = new StringWriter();
    private CommandLine ganzoo;

    @TempDir
    Path folder;

    @BeforeEach
    void writeModels() throws Exception {
        ganzoo = Main.commandLine().setOut(new PrintWriter(out));
        TinyModels.write(folder.resolve("tiny.zip"));
        Files.writeString(folder.resolve("broken.zip"), "no zip");
    }

    @Test
    void listsModelsAndWhatIsBroken() {
        assertThat(ganzoo.execute("models", "--models", folder.toString())).isZero();

        assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .contains("tiny  generator, 4×4 RGB, 3 classes: A tiny generator")
                .contains("  " + folder.resolve("tiny.zip"))
                .anyMatch(line ->
                        line.startsWith("broken  broken: " + folder.resolve("broken.zip") + ": not a whole zip"));
    }

    @Test
    void showsACard() {
        assertThat(ganzoo.execute("models", "tiny", "--models", folder.toString()))
                .isZero();

        assertThat(out.toString())
                .startsWith("tiny 1.0.0: A tiny generator")
                .contains("classes     plane, ship, cat")
                .contains("recipe      tiny, step 10, moving average")
                .contains("truncation  none by default, scaled:0.8 recommended");
    }

    @Test
    void showsACardAsJson() {
        ganzoo.execute("models", "tiny", "--json", "--models", folder.toString());

        assertThat(out)
                .hasToString(
                        ModelPackage.open(folder.resolve("tiny.zip")).card().json());
    }
}
