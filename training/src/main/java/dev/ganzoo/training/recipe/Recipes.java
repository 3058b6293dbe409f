package dev.ganzoo.training.recipe;

import dev.ganzoo.training.augmentation.Augmentation;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.EightConvolutions;
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
                    ResidualGan.Spec.published(data.labels().size(), data.channels(), 32)
                            .conditional()),
            Adversarial.of(Objectives.hinge())
                    .schedule(Schedule.steps(100_000)
                            .batch(64)
                            .discriminatorSteps(5)
                            .adam(2e-4, 0, 0.9)
                            .decayToZero()
                            .movingAverage(0.999, 1_000)));

    /**
     * The classifier of the course IE 534: eight convolutions of 196 channels with layer norm, random crops, colour jitter
     * and flips, Adam at 1e-4, a tenth of it from epoch 50 and again from epoch 75 on. The course expects 87 to 89 % of
     * CIFAR-10's test images to be told right.
     */
    public static final Recipe CIFAR10_CLASSIFIER = new Recipe(
            "cifar10-classifier",
            "course IE 534, Understanding CNNs and Generative Adversarial Networks, part 1",
            data -> Architectures.EIGHT_CONVOLUTIONS.networks(
                    EightConvolutions.Spec.published(data.labels().size(), data.channels(), data.size())),
            new Supervised(
                    Objectives.crossEntropy(),
                    EpochSchedule.dropping(100, 128, 1e-4, 50, 75),
                    new Augmentation(0.7, 0.1, 0.1, 0.1, 0.1, 0.5)));

    private static final Map<String, Recipe> ALL = byName(List.of(SNGAN_PROJECTION, CIFAR10_CLASSIFIER));

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
