package dev.ganzoo.training.recipe;

import dev.ganzoo.training.loss.Objective;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.GraphTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pages of {@code docs/recipes}, made of the recipes themselves. */
public final class RecipePage {
    private static final String INDEX = "README.md";
    private static final String MADE = "<!-- made by `./ganzoo recipes --pages docs/recipes` -->\n\n";

    private RecipePage() {}

    /** The Markdown of every page by its file name: one a recipe, and a list of all. */
    public static Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(INDEX, index());
        Recipes.all().forEach(recipe -> pages.put(file(recipe), of(recipe)));
        return pages;
    }

    /**
     * Writes {@link #all} to a folder.
     *
     * @throws IOException if the folder cannot be made or written to
     */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var page : all().entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue(), StandardCharsets.UTF_8);
        }
    }

    private static String file(Recipe recipe) {
        return recipe.name() + ".md";
    }

    private static String index() {
        StringBuilder page = new StringBuilder(MADE + "# Recipes\n\n| recipe | source |\n|---|---|\n");
        for (Recipe recipe : Recipes.all()) {
            page.append("| [%s](%s) | %s |\n".formatted(recipe.name(), file(recipe), recipe.source()));
        }
        page.append(
                "\n## Objectives\n\nWhat a generator and a discriminator (G and D) may want: `--set objective=NAME`.\n\n");
        page.append("| objective | what it is | source |\n|---|---|---|\n");
        for (Objective objective : Objectives.all()) {
            page.append("| `%s` | %s | %s |\n".formatted(objective.name(), objective.about(), objective.source()));
        }
        return page.toString();
    }

    /** The Markdown of one recipe's page. */
    static String of(Recipe recipe) {
        TrainingPlan plan = TrainingPlan.of(recipe, recipe.example(), 0);
        StringBuilder page = new StringBuilder(MADE);
        page.append("# ").append(recipe.name()).append("\n\n");
        page.append(recipe.source()).append(".\n\n").append(recipe.about()).append("\n\n");
        page.append("Objective: ").append(plan.procedure().objective());
        page.append(
                recipe.procedure() instanceof Adversarial ? ", one of [several](%s#objectives)".formatted(INDEX) : "");
        page.append(".\n\n");
        page.append("## How to run\n\n").append(howToRun(recipe)).append('\n');
        page.append("## Hyperparameters\n\nEach can be changed: `--set NAME=VALUE`, a list with commas.\n\n");
        page.append("| name | value | choices |\n|---|---|---|\n");
        for (Hyperparameter shown : plan.hyperparameters()) {
            page.append("| `%s` | %s | %s |\n".formatted(shown.name(), shown.value(), shown.choices()));
        }
        page.append("\n## Networks\n\nFor ").append(recipe.example().describe());
        page.append("; `./ganzoo recipes %s --size N` shows them for another size.\n".formatted(recipe.name()));
        plan.networks().graphs().forEach(graph -> page.append('\n').append(of(graph)));
        return page.toString();
    }

    private static String howToRun(Recipe recipe) {
        String data = recipe.example().equals(DataSpec.LIKE_MNIST) ? "mnist" : "cifar10";
        String commands = """
                    ./ganzoo train %1$s --data %2$s --out runs/%1$s
                    ./ganzoo resume runs/%1$s
                    ./ganzoo export runs/%1$s --out %1$s.zip
                """.formatted(recipe.name(), data);
        if (isClassifier(recipe)) {
            return commands;
        }
        String more = "    ./ganzoo sample %1$s.zip --out samples.png\n";
        if (recipe.procedure().measuredOnTest(recipe.networks().apply(recipe.example()))) {
            more += "    ./ganzoo export runs/%1$s --classifier --out %1$s-classifier.zip\n";
        }
        return commands + more.formatted(recipe.name());
    }

    private static boolean isClassifier(Recipe recipe) {
        return recipe.networks().apply(recipe.example()).hasClassifier();
    }

    private static String of(Graph graph) {
        GraphTable table = GraphTable.of(graph);
        StringBuilder text = new StringBuilder();
        text.append("### %s: %s parameters\n\n".formatted(capitalized(graph.name()), number(graph.parameterCount())));
        text.append(diagram(table.blocks()));
        text.append("\n| layer | operation | shape | parameters |\n|---|---|---|---:|\n");
        for (GraphTable.Row row : table.rows()) {
            text.append("| %s | %s | %s | %s |\n"
                    .formatted(row.name(), row.operation(), row.shape(), number(row.parameters())));
        }
        return text.toString();
    }

    private static String diagram(List<GraphTable.Block> blocks) {
        StringBuilder text = new StringBuilder("```mermaid\nflowchart TD\n");
        for (GraphTable.Block block : blocks) {
            String count = block.parameters() == 0 ? "" : "<br/>" + number(block.parameters());
            text.append("    %s[\"%s %s%s\"]\n".formatted(block.name(), block.name(), block.shape(), count));
        }
        for (GraphTable.Block block : blocks) {
            block.from().forEach(source -> text.append("    %s --> %s\n".formatted(source, block.name())));
        }
        return text.append("```\n").toString();
    }

    private static String number(long parameters) {
        return parameters == 0 ? "" : String.format(Locale.ROOT, "%,d", parameters);
    }

    private static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
