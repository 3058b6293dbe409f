package dev.ganzoo.training.recipe;

import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every recipe there is, by name. */
public final class Recipes {
    /**
     * SNGAN with projection: residual networks, conditional batch norm, projection discriminator, spectral norm, hinge
     * loss. Schedule of Miyato et al. 2018, section 4 and table 3 (row C with n_dis = 5), as Mimicry runs it.
     */
    public static final Recipe SNGAN_PROJECTION = new Recipe(
            "sngan-proj",
            "Miyato & Koyama 2018, cGANs with Projection Discriminator",
            data -> Architectures.RESIDUAL.networks(
                    ResidualGan.Spec.published(data.labels().size(), data.channels())),
            new Adversarial(
                    Objectives.hinge(),
                    Schedule.steps(100_000)
                            .batch(64)
                            .discriminatorSteps(5)
                            .adam(2e-4, 0, 0.9)
                            .decayToZero()
                            .movingAverage(0.999, 1_000)));

    private static final Map<String, Recipe> ALL = byName(List.of(SNGAN_PROJECTION));

    private Recipes() {}

    /** All recipes, in the order of their registration. */
    public static List<Recipe> all() {
        return List.copyOf(ALL.values());
    }

    /**
     * The recipe of this name.
     *
     * @throws IllegalArgumentException if there is none; the message suggests the nearest
     */
    public static Recipe named(String name) {
        Recipe found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException(Suggestions.unknown("recipe", name, ALL.keySet()));
        }
        return found;
    }

    static Map<String, Recipe> byName(List<Recipe> recipes) {
        Map<String, Recipe> byName = new LinkedHashMap<>();
        for (Recipe recipe : recipes) {
            if (byName.put(recipe.name(), recipe) != null) {
                throw new IllegalStateException("recipe \"%s\" is registered twice".formatted(recipe.name()));
            }
        }
        return Collections.unmodifiableMap(byName);
    }
}
