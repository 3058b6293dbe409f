package dev.ganzoo.clients.cli;

import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.RecipeBook;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Datasets;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The {@code ganzoo} command with recipes and datasets of your own, which all commands then know by their names.
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
    static final GanZoo PLAIN = new GanZoo(Recipes.book(), Map.of());

    private final RecipeBook recipes;
    private final Map<String, Supplier<Dataset>> datasets;

    private GanZoo(RecipeBook recipes, Map<String, Supplier<Dataset>> datasets) {
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
     * The same command with a training set more: what {@code --data} finds under this name.
     *
     * @param images gives the images whenever they are needed; always the same, or a run cannot be resumed
     * @throws IllegalStateException if the name is taken
     */
    public GanZoo dataset(String name, Supplier<Dataset> images) {
        Map<String, Supplier<Dataset>> more = new LinkedHashMap<>(datasets);
        if (Datasets.names().contains(name) || more.put(name, Objects.requireNonNull(images, "images")) != null) {
            throw new IllegalStateException("dataset \"%s\" is registered twice".formatted(name));
        }
        return new GanZoo(recipes, more);
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
        return datasets.containsKey(dataset);
    }

    /** A dataset that was added under this name. */
    Optional<Dataset> own(String dataset) {
        return Optional.ofNullable(datasets.get(dataset)).map(Supplier::get);
    }
}
