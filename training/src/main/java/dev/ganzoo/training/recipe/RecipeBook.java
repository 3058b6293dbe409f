package dev.ganzoo.training.recipe;

import dev.ganzoo.zoo.architecture.Architecture;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recipes by name: those of {@link Recipes}, and those that a program adds.
 *
 * <pre>{@code
 * RecipeBook recipes = Recipes.book().and(MY_RECIPE);
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class RecipeBook {
    private final Map<String, Recipe> byName;

    private RecipeBook(Map<String, Recipe> byName) {
        this.byName = byName;
    }

    static RecipeBook of(List<Recipe> recipes) {
        Map<String, Recipe> byName = new LinkedHashMap<>();
        for (Recipe recipe : recipes) {
            if (byName.put(recipe.name(), recipe) != null) {
                throw new IllegalStateException("recipe \"%s\" is registered twice".formatted(recipe.name()));
            }
        }
        return new RecipeBook(byName);
    }

    /**
     * These recipes and one more.
     *
     * @throws IllegalStateException if there is one of its name already
     */
    public RecipeBook and(Recipe recipe) {
        List<Recipe> more = new ArrayList<>(byName.values());
        more.add(recipe);
        return of(more);
    }

    /** All recipes, in the order of their registration. */
    public List<Recipe> all() {
        return List.copyOf(byName.values());
    }

    /**
     * The recipe of this name.
     *
     * @throws IllegalArgumentException if there is none; the message suggests the nearest
     */
    public Recipe named(String name) {
        Recipe found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException(Suggestions.unknown("recipe", name, byName.keySet()));
        }
        return found;
    }

    /** The architectures of all recipes, each once. */
    public List<Architecture<?>> architectures() {
        return byName.values().stream()
                .<Architecture<?>>map(
                        recipe -> recipe.networks().apply(recipe.example()).architecture())
                .distinct()
                .toList();
    }
}
