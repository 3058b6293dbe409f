package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ganzoo.training.engine.AdversarialTraining;
import dev.ganzoo.training.engine.DatasetFeed;
import dev.ganzoo.training.engine.Training;
import dev.ganzoo.training.engine.Trainings;
import dev.ganzoo.training.recipe.DataSpec;
import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe, at a small size, learns something of real images in a few hundred steps: those of Fashion-MNIST. */
@Tag("native")
@Tag("slow")
@ExtendWith(NativeResources.class)
class LearningTest {
    private static final String DATA = "fashion-mnist";
    private static final int TRAIN_IMAGES = 4_000;
    private static final int TEST_IMAGES = 1_000;
    private static final int COMPARED_REAL = 1_000;
    private static final int COMPARED_NOISE = 500;
    private static final int COMPARED_PER_CLASS = 50;
    private static final int STEPS = 200;

    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("ngf", "16"),
            Map.entry("ndf", "16"),
            Map.entry("width", "16"),
            Map.entry("latent", "32"),
            Map.entry("embedding", "16"),
            Map.entry("sharedEmbedding", "16"),
            Map.entry("batch", "32"),
            Map.entry("discriminatorSteps", "1"),
            Map.entry("standingBatches", "4"),
            Map.entry("generatorLearningRate", "1e-3"),
            Map.entry("discriminatorLearningRate", "1e-3"),
            Map.entry("learningRate", "1e-3"),
            Map.entry("steps", Integer.toString(STEPS)));

    static Stream<Recipe> gans() {
        return Recipes.all().stream()
                .filter(recipe -> !recipe.networks().apply(recipe.example()).hasClassifier());
    }

    @ParameterizedTest
    @MethodSource("gans")
    void imagesComeNearerToRealOnes(Recipe recipe) throws IOException {
        Dataset dataset = images(recipe, Split.TRAIN, TRAIN_IMAGES);
        TrainingPlan plan = plan(recipe, dataset);
        ImageDistance real = ImageDistance.from(
                dataset.images(IntStream.range(0, COMPARED_REAL).toArray()));
        double noise = real.to(noise(dataset));
        try (Training training = Trainings.begin(plan, dataset, Device.cpu())) {
            AdversarialTraining gan = (AdversarialTraining) training;
            double before = real.to(generated(gan, plan));
            train(gan, STEPS);
            double after = real.to(generated(gan, plan));
            assertThat(after).isLessThan(0.4 * before).isLessThan(0.4 * noise);
        }
    }

    static Stream<Recipe> tellingClasses() {
        return Recipes.all().stream()
                .filter(recipe ->
                        recipe.procedure().measuredOnTest(recipe.networks().apply(recipe.example())));
    }

    /** Ten of them. */
    @ParameterizedTest
    @MethodSource("tellingClasses")
    void classesAreTold(Recipe recipe) throws IOException {
        Dataset dataset = images(recipe, Split.TRAIN, TRAIN_IMAGES);
        Dataset test = images(recipe, Split.TEST, TEST_IMAGES);
        try (Training training = Trainings.begin(plan(recipe, dataset), dataset, Device.cpu())) {
            double before = accuracy(training, test);
            train(training, STEPS);
            double after = accuracy(training, test);
            assertThat(before).isLessThan(0.3);
            assertThat(after).isGreaterThan(0.4);
        }
    }

    private static void train(Training training, int steps) {
        for (int step = 0; step < steps; step++) {
            training.step(step);
        }
    }

    private static double accuracy(Training training, Dataset test) {
        return training.evaluate(test).orElseThrow().quality();
    }

    private static Tensor generated(AdversarialTraining gan, TrainingPlan plan) {
        int latent = plan.networks().generator().inputs().stream()
                .filter(input -> input.name().equals("z"))
                .findFirst()
                .orElseThrow()
                .shape()
                .extent(1);
        int classes = plan.data().labels().size();
        return gan.sample(DatasetFeed.fixedLatents(classes, COMPARED_PER_CLASS, latent, 1));
    }

    private static Tensor noise(Dataset dataset) {
        Tensor noise = Tensor.zeros(COMPARED_NOISE, dataset.channels(), dataset.height(), dataset.width());
        RandomGenerator random = Randomness.of(1).forPurpose("noise").at(0);
        for (int i = 0; i < noise.size(); i++) {
            noise.data()[i] = random.nextFloat() * 2 - 1;
        }
        return noise;
    }

    private static Dataset images(Recipe recipe, Split split, int count) throws IOException {
        OptionalInt size = recipe.procedure().imageSize(recipe.networks().apply(recipe.example()));
        LoadOptions options = LoadOptions.defaults().limit(count).download(false);
        assumeTrue(Datasets.named(DATA).find(options).isPresent(), DATA + " is not on this machine");
        return Datasets.load(DATA, split, size.isPresent() ? options.size(size.getAsInt()) : options);
    }

    private static TrainingPlan plan(Recipe recipe, Dataset dataset) {
        TrainingPlan plan = TrainingPlan.of(recipe, DataSpec.of(dataset.name(), dataset), 3);
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.keySet().retainAll(plan.settings().keySet());
        return plan.with(new LinkedHashMap<>(settings));
    }
}
