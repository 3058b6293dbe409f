package dev.ganzoo.training.recipe;

import dev.ganzoo.zoo.architecture.Networks;
import java.util.Objects;
import java.util.function.Function;

/**
 * A training as a composition of values: which networks, and how they learn. A recipe knows nothing of the data;
 * {@link TrainingPlan} brings the two together. Immutable.
 *
 * @param name what the command line calls it, for example {@code sngan-proj}
 * @param source the paper
 * @param networks the networks for data, at published sizes
 * @param procedure how they learn: losses, steps, batches and learning rates
 */
public record Recipe(String name, String source, Function<DataSpec, Networks<?>> networks, Procedure procedure) {
    /** A recipe that is complete. */
    public Recipe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(networks, "networks");
        Objects.requireNonNull(procedure, "procedure");
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
