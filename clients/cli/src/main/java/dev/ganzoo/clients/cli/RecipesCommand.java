package dev.ganzoo.clients.cli;

import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganzoo recipes}: what can be trained. */
@Command(
        name = "recipes",
        description = "List the recipes, or show one with its hyperparameters and networks.",
        mixinStandardHelpOptions = true)
final class RecipesCommand implements Runnable {
    @Parameters(paramLabel = "RECIPE", arity = "0..1", description = "The recipe to show.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            Recipes.all().forEach(recipe -> out.printf("%-18s %s%n", recipe.name(), recipe.source()));
        } else {
            show(Recipes.named(name), out);
        }
        out.flush();
    }

    private static void show(Recipe recipe, PrintWriter out) {
        TrainingPlan plan = TrainingPlan.of(recipe, DataSpec.EXAMPLE, 0);
        out.println(recipe);
        out.println("objective: " + recipe.procedure().objective());
        out.println();
        out.println("Hyperparameters, each open to --set NAME=VALUE:");
        plan.settings().forEach((setting, value) -> out.printf("  %-26s %s%n", setting, value));
        out.println();
        out.println("Networks, for 10 classes of 32×32 RGB images:");
        plan.networks().graphs().forEach(graph -> describe(graph, out));
    }

    private static void describe(Graph graph, PrintWriter out) {
        out.println();
        out.println(graph);
        for (Node node : graph.nodes()) {
            if (!node.inputs().isEmpty()) {
                out.printf("  %-28s %-16s %s%n", graph.nameOf(node), node.op().mnemonic(), node.shape());
            }
        }
    }
}
