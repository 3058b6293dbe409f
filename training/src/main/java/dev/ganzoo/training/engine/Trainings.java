package dev.ganzoo.training.engine;

import dev.ganzoo.training.recipe.Adversarial;
import dev.ganzoo.training.recipe.Procedure;
import dev.ganzoo.training.recipe.Supervised;
import dev.ganzoo.training.recipe.TrainingPlan;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.runtime.DeviceUnavailableException;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.stream.IntStream;

/** The engine's step for each procedure of a recipe. */
public final class Trainings {
    private static final int GOLDEN_IMAGES = 16;

    private Trainings() {}

    /**
     * The training of a plan, at its very start.
     *
     * @throws IllegalArgumentException if there are fewer images than a batch
     * @throws DeviceUnavailableException if {@code device} is a GPU that is not there
     */
    public static Training begin(TrainingPlan plan, Dataset dataset, Device device) {
        return plan.procedure().read(new Procedure.Reading<>() {
            @Override
            public Training adversarial(Adversarial procedure) {
                int latent = latent(plan.networks().generator());
                Feed feed = new DatasetFeed(dataset, procedure.schedule().batch(), latent, plan.seed());
                return new AdversarialTraining(
                        plan.networks(),
                        procedure.game(),
                        procedure.augmentation(),
                        procedure.schedule(),
                        feed,
                        plan.seed(),
                        device);
            }

            @Override
            public Training supervised(Supervised procedure) {
                LabelledFeed feed = new AugmentedFeed(
                        dataset,
                        procedure.augmentation(),
                        procedure.schedule().batch(),
                        plan.seed(),
                        procedure.labels().labelled());
                return new SupervisedTraining(
                        plan.networks().classifier(),
                        procedure.objective(),
                        procedure.schedule(),
                        plan.stepsPerEpoch(),
                        feed,
                        goldenImages(dataset),
                        plan.seed(),
                        device);
            }
        });
    }

    private static int latent(Graph generator) {
        return generator.inputs().stream()
                .filter(input -> input.name().equals("z"))
                .findFirst()
                .orElseThrow()
                .shape()
                .extent(1);
    }

    /** Images in [0, 1], spread evenly over the dataset. */
    private static Tensor goldenImages(Dataset dataset) {
        int count = Math.min(GOLDEN_IMAGES, dataset.size());
        int[] indices = IntStream.range(0, count)
                .map(i -> (int) ((long) i * dataset.size() / count))
                .toArray();
        return dataset.unitImages(indices);
    }
}
