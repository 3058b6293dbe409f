package dev.ganzoo.training.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.training.TinyRuns;
import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.training.recipe.Adversarial;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.rewrite.Examples;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What one step of a recipe starts from: small networks with weights as after training, and fixed batches. {@link #main}
 * writes it for {@code write_recipe_steps.py}, which adds what PyTorch makes of it.
 *
 * @param name of the recipe, and of what is different
 * @param plan the recipe at its size of few channels
 */
record RecipeStep(String name, TrainingPlan plan) {
    static final int BATCH = 4;
    static final long SEED = 0;
    private static final List<String> CLASSES = List.of("a", "b", "c");
    private static final int BATCHES = 4;
    private static final Map<String, String> PLAIN =
            Map.of("discriminatorSteps", "1", "dropout", "0", "emaDecay", "0", "standingBatches", "0");
    private static final Map<String, String> NARROW = Map.of("ngf", "2", "ndf", "2", "width", "2");

    /** The steps of all recipes of a generator and a discriminator, and of recipes with other settings. */
    static Stream<RecipeStep> all() {
        return Stream.concat(recipes(), variants());
    }

    private static Stream<RecipeStep> recipes() {
        return Recipes.all().stream()
                .filter(recipe -> recipe.procedure() instanceof Adversarial)
                .map(recipe -> new RecipeStep(recipe.name(), tiny(recipe)));
    }

    /**
     * Means in the place of sums keep logits where the hinge is not flat; orthogonal weights make gradients of lengths on both
     * sides of 1. Where the discriminator makes several steps, Adam has no momentum, so that its first moments are the last
     * gradients.
     */
    private static Stream<RecipeStep> variants() {
        return Stream.of(
                variant(Recipes.CONDITIONAL_DCGAN, "smoothed", Map.of("realTarget", "0.9")),
                variant(Recipes.CONDITIONAL_DCGAN, "r1", Map.of("r1", "0.2")),
                variant(
                        Recipes.CONDITIONAL_DCGAN,
                        "spectral-norm",
                        Map.of("spectralNorm", "true", "normalizedPlanes", "true")),
                variant(Recipes.CONDITIONAL_DCGAN, "hinge", Map.of("objective", "hinge")),
                variant(Recipes.DCGAN, "minimax", Map.of("objective", "minimax")),
                variant(Recipes.SGAN, "stacked", Map.of("heads", "stacked")),
                variant(Recipes.SGAN, "separate", Map.of("heads", "separate")),
                variant(Recipes.SNGAN_PROJECTION, "r1-mean", Map.of("r1", "50", "pooling", "mean")),
                variant(
                        Recipes.WGAN_GP,
                        "one-sided",
                        Map.of("gradientLengths", "one_sided", "initialization", "orthogonal")),
                variant(
                        Recipes.BIGGAN,
                        "script",
                        Map.of("sharedEmbedding", "0", "hierarchicalLatents", "false", "attention", "false")),
                variant(
                        Recipes.BIGGAN,
                        "orthogonal",
                        Map.of("generatorOrthogonality", "0.1", "discriminatorOrthogonality", "0.05")),
                variant(
                        Recipes.SNGAN,
                        "augmented",
                        Map.of(
                                "augment",
                                "flip,turn,translation,color,cutout",
                                "augmentProbability",
                                "0.75",
                                "pooling",
                                "mean")),
                variant(Recipes.SNGAN, "accumulated", Map.of("accumulation", "2", "pooling", "mean")),
                variant(Recipes.SSGAN, "two-steps", Map.of("discriminatorSteps", "2", "pooling", "mean")),
                variant(
                        Recipes.AUXILIARY,
                        "accumulated-two-steps",
                        Map.of("discriminatorSteps", "2", "accumulation", "2")));
    }

    private static RecipeStep variant(Recipe recipe, String name, Map<String, String> changes) {
        return new RecipeStep(
                recipe.name() + "-" + name, withKnown(tiny(recipe), NARROW).with(changes));
    }

    private static TrainingPlan tiny(Recipe recipe) {
        DataSpec like = recipe.example();
        DataSpec data = new DataSpec("images", CLASSES, like.channels(), like.size(), 0, "");
        return withKnown(TrainingPlan.of(recipe, data, SEED).with(TinyRuns.tiny(recipe)), PLAIN);
    }

    /** The plan with those of the settings that it knows. */
    private static TrainingPlan withKnown(TrainingPlan plan, Map<String, String> settings) {
        Map<String, String> known = new LinkedHashMap<>(settings);
        known.keySet().retainAll(plan.settings().keySet());
        return plan.with(known);
    }

    /** How losses, steps and batches go. */
    Adversarial procedure() {
        return (Adversarial) plan.procedure();
    }

    /** The weights at the start, below {@code generator/} and {@code discriminator/}, and below its number what a pass sees. */
    Map<String, Tensor> start() {
        Graph generator = plan.networks().generator();
        Map<String, Tensor> start = new LinkedHashMap<>();
        int passes = procedure().schedule().discriminatorSteps()
                * procedure().schedule().accumulation();
        for (int pass = 0; pass < passes; pass++) {
            String folder = pass + "/";
            batches(generator, pass).forEach((name, value) -> start.put(folder + name, value));
        }
        Examples.weights(generator).forEach((name, value) -> start.put("generator/" + name, value));
        Examples.weights(plan.networks().discriminator())
                .forEach((name, value) -> start.put("discriminator/" + name, value));
        return start;
    }

    private Map<String, Tensor> batches(Graph generator, int pass) {
        int[] image = generator.output().shape().at(BATCH);
        int latent = generator.inputs().stream()
                .filter(input -> input.name().equals("z"))
                .map(Node::shape)
                .findFirst()
                .orElseThrow()
                .extent(1);
        long seed = (long) BATCHES * pass;
        Map<String, Tensor> batches = new LinkedHashMap<>();
        batches.put("z", Examples.normal(seed + 1, BATCH, latent));
        batches.put("z_classes", rows(pass, 2, 0, 1, 0));
        batches.put("z2", Examples.normal(seed + 2, BATCH, latent));
        batches.put("z2_classes", rows(pass, 1, 1, 0, 2));
        batches.put("real", pictures(seed + 3, image));
        batches.put("real_classes", rows(pass, 0, 2, 2, 1));
        batches.put("labelled", pictures(seed + 4, image));
        batches.put("labelled_classes", rows(pass, 1, 0, 2, 1));
        batches.put("between", Tensor.of(placesBetween(pass), BATCH));
        batches.putAll(changes("z", "discriminator", "augmented fake", pass));
        batches.putAll(changes("z2", "generator", "augmented fake", pass));
        batches.putAll(changes("real", "discriminator", "augmented real", pass));
        return batches;
    }

    /** What the engine draws for the discriminator. */
    private static float[] placesBetween(int pass) {
        RandomGenerator random = random("discriminator", "between", pass);
        float[] places = new float[BATCH];
        for (int i = 0; i < BATCH; i++) {
            places[i] = random.nextFloat();
        }
        return places;
    }

    /** What the engine draws to augment a batch. */
    private Map<String, Tensor> changes(String batch, String player, String purpose, int pass) {
        DiscriminatorAugmentation augmentation = procedure().augmentation();
        Shape image = plan.networks().generator().output().shape();
        Map<String, Tensor> changes = new LinkedHashMap<>();
        augmentation
                .at(augmentation.augmentProbability())
                .draw(BATCH, image, random(player, purpose, pass))
                .forEach((name, numbers) -> changes.put(batch + "_" + name, numbers));
        return changes;
    }

    private static RandomGenerator random(String player, String purpose, int pass) {
        return Randomness.of(SEED)
                .forPurpose("views")
                .forPurpose(player)
                .forPurpose(purpose)
                .at(pass);
    }

    private static Tensor pictures(long seed, int... shape) {
        Tensor pictures = Examples.normal(seed, shape);
        for (int i = 0; i < pictures.size(); i++) {
            pictures.data()[i] = (float) Math.tanh(pictures.data()[i]);
        }
        return pictures;
    }

    /** Each pass has the next classes. */
    private static Tensor rows(int pass, int... classes) {
        int[] next = Arrays.stream(classes)
                .map(label -> (label + pass) % CLASSES.size())
                .toArray();
        return Labels.oneHot(next, CLASSES.size());
    }

    /** Writes a file a step to the folder given. */
    public static void main(String[] folder) throws IOException {
        Path target = Files.createDirectories(Path.of(folder[0]));
        for (RecipeStep step : all().toList()) {
            new Safetensors(step.start(), Map.of("plan", step.json()))
                    .write(target.resolve(step.name + ".safetensors"));
        }
    }

    private String json() throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(plan.toJson());
    }

    @Override
    public String toString() {
        return name;
    }
}
