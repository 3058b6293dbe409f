package dev.ganzoo.training;

import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.NoiseImages;
import dev.ganzoo.zoo.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Training runs that take seconds: few images of noise, networks of a few channels. */
public final class TinyRuns {
    private static final int SIZE = 32;

    /** Few channels and steps, for whichever of these a recipe has. */
    public static final Map<String, String> TINY = Map.ofEntries(
            Map.entry("ngf", "4"),
            Map.entry("ndf", "4"),
            Map.entry("width", "4"),
            Map.entry("latent", "16"),
            Map.entry("embedding", "4"),
            Map.entry("sharedEmbedding", "4"),
            Map.entry("batch", "4"),
            Map.entry("steps", "6"),
            Map.entry("epochs", "3"),
            Map.entry("milestones", "1,2"),
            Map.entry("emaStart", "2"));

    private TinyRuns() {}

    /** A recipe at a tiny size, for images of 32 pixels. */
    public static TrainingPlan plan(Recipe recipe, Dataset dataset) {
        return plan(recipe, dataset, tiny(recipe));
    }

    /** Those of {@link #TINY} that the recipe has and that do something in it. */
    public static Map<String, String> tiny(Recipe recipe) {
        Map<String, String> published =
                TrainingPlan.of(recipe, recipe.example(), 0).settings();
        Map<String, String> settings = new LinkedHashMap<>(TINY);
        settings.keySet().retainAll(published.keySet());
        if (published.get("emaDecay").equals("0.0")) {
            settings.remove("emaStart");
        }
        if (!published.get("decay").equals("milestones")) {
            settings.remove("milestones");
        }
        return settings;
    }

    /** Images of noise, {@code perClass} of each of the classes {@code a} and {@code b}, written below {@code folder}. */
    public static Dataset dataset(Path folder, int perClass) throws IOException {
        NoiseImages.write(folder, perClass);
        return Datasets.load(
                folder.toString(), Split.TRAIN, LoadOptions.defaults().size(SIZE));
    }

    /** The recipe sngan-proj at a tiny size, with {@code settings} on top. */
    public static TrainingPlan plan(Dataset dataset, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("ngf", "4", "ndf", "4", "latent", "8", "batch", "4", "steps", "6", "discriminatorSteps", "1"));
        all.putAll(settings);
        return plan(Recipes.SNGAN_PROJECTION, dataset, all);
    }

    /** The recipe cifar10-classifier at a tiny size, with {@code settings} on top. */
    public static TrainingPlan classifierPlan(Dataset dataset, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("width", "3", "batch", "4", "epochs", "3", "milestones", "1,2", "learningRate", "1e-3"));
        all.putAll(settings);
        return plan(Recipes.CIFAR10_CLASSIFIER, dataset, all);
    }

    private static TrainingPlan plan(Recipe recipe, Dataset dataset, Map<String, String> settings) {
        return TrainingPlan.of(recipe, DataSpec.of(dataset.name(), dataset), 7).with(settings);
    }
}
