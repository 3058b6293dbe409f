package dev.ganzoo.training.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.training.TinyRuns;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.rewrite.Examples;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What one step of a recipe starts from: small networks with weights as after training, and fixed batches. {@link #main}
 * writes it for {@code write_recipe_steps.py}, which adds what PyTorch makes of it.
 *
 * @param recipe whose step it is
 * @param plan the recipe at its size of few channels
 */
record RecipeStep(Recipe recipe, TrainingPlan plan) {
    static final int BATCH = 4;
    static final long SEED = 0;
    private static final List<String> CLASSES = List.of("a", "b", "c");

    /** The steps of all recipes of a generator and a discriminator. */
    static Stream<RecipeStep> all() {
        return Recipes.all().stream()
                .map(RecipeStep::of)
                .filter(step -> !step.plan.networks().hasClassifier());
    }

    private static RecipeStep of(Recipe recipe) {
        DataSpec like = recipe.example();
        DataSpec data = new DataSpec("images", CLASSES, like.channels(), like.size(), 0, "");
        Map<String, String> settings = new LinkedHashMap<>(TinyRuns.TINY);
        settings.putAll(Map.of("discriminatorSteps", "1", "dropout", "0", "emaDecay", "0", "standingBatches", "0"));
        TrainingPlan published = TrainingPlan.of(recipe, data, SEED);
        settings.keySet().retainAll(published.settings().keySet());
        return new RecipeStep(recipe, published.with(settings));
    }

    /** The weights at the start, below {@code generator/} and {@code discriminator/}, and the batches. */
    Map<String, Tensor> start() {
        Graph generator = plan.networks().generator();
        Map<String, Tensor> start = new LinkedHashMap<>(batches(generator));
        Examples.weights(generator).forEach((name, value) -> start.put("generator/" + name, value));
        Examples.weights(plan.networks().discriminator())
                .forEach((name, value) -> start.put("discriminator/" + name, value));
        return start;
    }

    private static Map<String, Tensor> batches(Graph generator) {
        int[] image = generator.output().shape().at(BATCH);
        int latent = generator.inputs().stream()
                .filter(input -> input.name().equals("z"))
                .map(Node::shape)
                .findFirst()
                .orElseThrow()
                .extent(1);
        Map<String, Tensor> batches = new LinkedHashMap<>();
        batches.put("z", Examples.normal(1, BATCH, latent));
        batches.put("z_classes", rows(2, 0, 1, 0));
        batches.put("z2", Examples.normal(2, BATCH, latent));
        batches.put("z2_classes", rows(1, 1, 0, 2));
        batches.put("real", pictures(3, image));
        batches.put("real_classes", rows(0, 2, 2, 1));
        batches.put("labelled", pictures(4, image));
        batches.put("labelled_classes", rows(1, 0, 2, 1));
        batches.put("between", Tensor.of(placesBetween(), BATCH));
        return batches;
    }

    /** What the engine draws in its first discriminator step. */
    private static float[] placesBetween() {
        RandomGenerator random = Randomness.of(SEED)
                .forPurpose("views")
                .forPurpose("discriminator")
                .forPurpose("between")
                .at(0);
        float[] places = new float[BATCH];
        for (int i = 0; i < BATCH; i++) {
            places[i] = random.nextFloat();
        }
        return places;
    }

    private static Tensor pictures(long seed, int... shape) {
        Tensor pictures = Examples.normal(seed, shape);
        for (int i = 0; i < pictures.size(); i++) {
            pictures.data()[i] = (float) Math.tanh(pictures.data()[i]);
        }
        return pictures;
    }

    private static Tensor rows(int... classes) {
        return Labels.oneHot(classes, CLASSES.size());
    }

    /** Writes a file a recipe to the folder given. */
    public static void main(String[] folder) throws IOException {
        Path target = Files.createDirectories(Path.of(folder[0]));
        for (RecipeStep step : all().toList()) {
            new Safetensors(step.start(), Map.of("plan", step.json()))
                    .write(target.resolve(step.recipe.name() + ".safetensors"));
        }
    }

    private String json() throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(plan.toJson());
    }

    @Override
    public String toString() {
        return recipe.name();
    }
}
