package dev.ganzoo.training.recipe;

import dev.ganzoo.zoo.architecture.Networks;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A GAN as a composition of values: which networks, what they want of each other, and how long and fast they learn. A
 * recipe knows nothing of the data; {@link TrainingPlan} brings the two together. Immutable.
 *
 * @param name what the command line calls it, for example {@code sngan-proj}
 * @param source the paper
 * @param networks the networks for a number of classes and of image channels, at published sizes
 * @param objective the losses
 * @param schedule steps, batches and learning rates
 */
public record Recipe(
        String name,
        String source,
        BiFunction<Integer, Integer, Networks<?>> networks,
        Objective objective,
        Schedule schedule) {
    /** A recipe that is complete. */
    public Recipe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(networks, "networks");
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(schedule, "schedule");
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
