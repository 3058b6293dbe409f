package tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.clients.cli.GanZoo;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.run.Checkpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of {@code docs/tutorial-ssgan.md}, and that the page shows nothing else. */
class TutorialTest {
    private static final Path SOURCE = Path.of("src/test/java/tutorial/MySsgan.java");
    private static final Path PAGE = Path.of("../../docs/tutorial-ssgan.md");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    @Tag("native")
    void trainsResumesExportsAndSamples() throws IOException {
        String run = folder.resolve("run").toString();
        String model = folder.resolve("my-ssgan.zip").toString();
        Path grid = folder.resolve("grid.png");

        train(run, "--stop-after", "2");
        run("resume", run, "--device", "cpu");
        Files.delete(folder.resolve("run/report.html"));
        run("report", run);
        run("export", run, "--out", model);
        run("sample", model, "--count", "4", "--out", grid.toString());

        assertThat(Checkpoints.of(folder.resolve("run")).steps()).endsWith(3L);
        assertThat(Files.readString(folder.resolve("run/metrics.jsonl")))
                .contains("\"discriminator/turns\"", "\"generator/turns\"", "\"discriminator/my-hinge\"");
        assertThat(folder.resolve("run/report.html")).content().contains("my-ssgan on shapes", "3 of 3", "tellTurns");
        assertThat(ImageIO.read(grid.toFile()).getWidth()).isGreaterThanOrEqualTo(64);
    }

    @Test
    @Tag("native")
    void itsDatasetIsKnownToAllCommands() throws IOException {
        String run = folder.resolve("run").toString();
        Path page = folder.resolve("shapes.html");
        Path scores = folder.resolve("scores.json");
        train(run, "--stop-after", "1");

        run("data", "list");
        run("data", "report", "shapes", "--limit", "20", "--out", page.toString());
        run("evaluate", run, "--metrics", "swd", "--samples", "8", "--json", scores.toString());
        run("evaluate", "shapes", "--against", "shapes:train", "--metrics", "swd", "--samples", "8");

        assertThat(out.toString())
                .contains("shapes         a training set of this program")
                .contains("run-run 1.0.0 against shapes train")
                .contains("shapes train against shapes train");
        assertThat(page).content().contains("<h1>shapes</h1>", "20 of train images of 32 × 32 pixels in 2 classes");
        assertThat(fails("evaluate", run, "--metrics", "cas"))
                .contains("cas needs real images to hold out, but shapes has no test split");
        assertThat(fails("evaluate", run, "--against", "shapes:test", "--metrics", "swd"))
                .contains("dataset shapes has no test split: a program makes it, for training only");
        assertThat(fails("data", "fetch", "shapes"))
                .contains("dataset shapes must have files to be fetched, but a program makes it");
        assertThat(fails("data", "report", "shaps")).contains("did you mean \"shapes\"?");
    }

    @Test
    @Tag("pure")
    void isAmongTheRecipes() {
        run("recipes");
        assertThat(out.toString()).contains("ssgan", "my-ssgan");

        run("recipes", "my-ssgan");
        assertThat(out.toString()).contains("SSGAN, written by hand.", "tellTurns", "my-hinge (Lim & Ye 2017)");
    }

    @Test
    @Tag("pure")
    void hasTheNetworksOfThePaper() {
        assertThat(parameters(MySsgan.RECIPE)).isEqualTo(parameters(Recipes.SSGAN));
    }

    private static List<Long> parameters(Recipe recipe) {
        return TrainingPlan.of(recipe, recipe.example(), 0).networks().graphs().stream()
                .map(Graph::parameterCount)
                .toList();
    }

    @Test
    @Tag("pure")
    void isShort() throws IOException {
        assertThat(lines(Files.readString(SOURCE)).stream().filter(line -> !line.startsWith("import ")))
                .hasSizeLessThan(100);
    }

    @Test
    @Tag("pure")
    void isWhatThePageShows() throws IOException {
        List<String> shown = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
                .toList();

        assertThat(lines(String.join("", shown))).isEqualTo(lines(Files.readString(SOURCE)));
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    private void train(String run, String... more) {
        List<String> train = new ArrayList<>(List.of("train", "my-ssgan", "--data", "shapes", "--limit", "16"));
        for (String setting : List.of("ngf=4", "ndf=4", "latent=8", "batch=8", "steps=3", "helpTurns=0.5")) {
            train.addAll(List.of("--set", setting));
        }
        train.addAll(List.of("--out", run, "--device", "cpu"));
        train.addAll(List.of(more));
        run(train.toArray(String[]::new));
    }

    private void run(String... command) {
        assertThat(execute(command)).as("%s: %s", List.of(command), err).isZero();
    }

    private String fails(String... command) {
        err.getBuffer().setLength(0);
        assertThat(execute(command)).as("%s: %s", List.of(command), err).isNotZero();
        return err.toString();
    }

    private int execute(String... command) {
        return GanZoo.with(MySsgan.RECIPE)
                .dataset("shapes", MySsgan::shapes)
                .run(new PrintWriter(out), new PrintWriter(err), command);
    }
}
