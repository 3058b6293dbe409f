package dev.ganzoo.clients.cli;

import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.RecipeBook;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.DatasetLoader;
import dev.ganzoo.zoo.data.Datasets;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The {@code ganzoo} command with recipes and datasets of your own, which its commands then know by their names.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     System.exit(GanZoo.with(MY_RECIPE).dataset("shapes", My::shapes).run(args));
 * }
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class GanZoo {
    static final GanZoo PLAIN = new GanZoo(Recipes.book(), List.of());

    private final RecipeBook recipes;
    private final List<DatasetLoader> datasets;

    private GanZoo(RecipeBook recipes, List<DatasetLoader> datasets) {
        this.recipes = recipes;
        this.datasets = datasets;
    }

    /**
     * The command with these recipes, beside those that GanZoo has.
     *
     * @throws IllegalStateException if a name is taken
     */
    public static GanZoo with(Recipe... own) {
        GanZoo extended = PLAIN;
        for (Recipe recipe : own) {
            extended = new GanZoo(extended.recipes.and(recipe), extended.datasets);
        }
        return extended;
    }

    /**
     * The same command with a training set more, which is found under this name: by {@code --data}, by {@code
     * evaluate}, as the images measured or those {@code --against}, and by {@code data report}.
     *
     * @param images gives the images whenever they are needed; always the same, or a run cannot be resumed
     * @throws IllegalStateException if the name is taken
     */
    public GanZoo dataset(String name, Supplier<Dataset> images) {
        if (Datasets.names().contains(name) || owns(name)) {
            throw new IllegalStateException("dataset \"%s\" is registered twice".formatted(name));
        }
        List<DatasetLoader> more = new ArrayList<>(datasets);
        more.add(DatasetLoader.of(name, images));
        return new GanZoo(recipes, List.copyOf(more));
    }

    /** Runs a command line, with output and errors of the process, and gives its exit code: 0, 1 (failure) or 2 (usage). */
    public int run(String... args) {
        return Main.commandLine(this).execute(args);
    }

    /** The same with output and errors going elsewhere. */
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return Main.commandLine(this).setOut(out).setErr(err).execute(args);
    }

    /** All recipes there are. */
    RecipeBook recipes() {
        return recipes;
    }

    /** Whether a dataset was added under this name. */
    boolean owns(String dataset) {
        return datasets.stream().anyMatch(own -> own.name().equals(dataset));
    }

    /** The datasets that were added. */
    List<DatasetLoader> datasets() {
        return datasets;
    }

    /** A dataset that was added, or as {@link Datasets#named(String)}. */
    DatasetLoader dataset(String name) {
        return Datasets.named(name, datasets);
    }
}
