package dev.ganzoo.clients.cli;

import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.recipe.Adversarial;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Hyperparameter;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.RecipePage;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.GraphTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ganzoo recipes}: what can be trained. */
@Command(
        name = "recipes",
        description = "List the recipes, or show one with its hyperparameters and networks.",
        mixinStandardHelpOptions = true)
final class RecipesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE", arity = "0..1", description = "The recipe to show.")
    private String name;

    @Option(names = "--pages", paramLabel = "DIR", description = "Write a page about each recipe there, as Markdown.")
    private Path pages;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Show the networks for images of this height and width, as train --size has them.")
    private Integer size;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (size != null && name == null) {
            throw new ParameterException(spec.commandLine(), "--size needs a RECIPE to show, got none");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (pages != null) {
            RecipePage.write(pages);
        } else if (name == null) {
            main.ganzoo().recipes().all().forEach(recipe -> out.printf("%-18s %s%n", recipe.name(), recipe.source()));
        } else {
            show(main.ganzoo().recipes().named(name), out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void show(Recipe recipe, PrintWriter out) {
        DataSpec data = size == null ? recipe.example() : recipe.example().sized(size);
        TrainingPlan plan = TrainingPlan.of(recipe, data, 0);
        out.println(recipe);
        out.println(recipe.about());
        out.println();
        out.println("objective: " + recipe.procedure().objective());
        out.println();
        out.println("Hyperparameters, each open to --set NAME=VALUE (a list with commas), and what some choose from:");
        for (Hyperparameter shown : plan.hyperparameters()) {
            String line = "  %-26s %-16s %s".formatted(shown.name(), shown.value(), shown.choices());
            out.println(line.stripTrailing());
        }
        out.println();
        if (recipe.procedure() instanceof Adversarial) {
            out.println("Objectives of a generator and a discriminator, G and D:");
            Objectives.all().forEach(objective -> out.printf("  %-26s %s%n", objective.name(), objective.about()));
            out.println();
        }
        out.println("Networks, for " + data.describe() + ":");
        plan.networks().graphs().forEach(graph -> describe(graph, out));
    }

    private static void describe(Graph graph, PrintWriter out) {
        out.println();
        out.println(graph);
        for (GraphTable.Row row : GraphTable.of(graph).rows()) {
            String parameters = row.parameters() == 0 ? "" : "%,d".formatted(row.parameters());
            String line = "  %-28s %-16s %-22s %12s".formatted(row.name(), row.operation(), row.shape(), parameters);
            out.println(line.stripTrailing());
        }
    }
}
