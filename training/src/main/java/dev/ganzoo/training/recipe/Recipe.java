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
 * @param about what is particular about it, in a few sentences
 * @param example data like those of the paper: by their size, images are made the right size where nothing else is asked
 * @param networks the networks for data, at published sizes
 * @param procedure how they learn: losses, steps, batches and learning rates
 */
public record Recipe(
        String name,
        String source,
        String about,
        DataSpec example,
        Function<DataSpec, Networks<?>> networks,
        Procedure procedure) {
    /** A recipe that is complete. */
    public Recipe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(example, "example");
        Objects.requireNonNull(networks, "networks");
        Objects.requireNonNull(procedure, "procedure");
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
