package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.training.loss.Losses;
import dev.ganzoo.training.settings.Interdependent;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.json.RecordJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How the networks of a recipe learn: against each other, or from labels. What a step does is the engine's business;
 * here are its losses and its settings. Immutable.
 *
 * <p>The family is sealed, and every member dispatches to its own method of {@link Reading}: a new procedure does not
 * compile until the engine has a step for it.
 */
public sealed interface Procedure permits Adversarial, Supervised {
    /** What is made small. */
    Losses objective();

    /** Records of settings by their section of {@code recipe.json}, all open to {@code --set}; {@code schedule} first. */
    Map<String, Record> sections();

    /** The values that settings have to choose from, by their names, as {@link RecordJson#choices} has them. */
    default Map<String, List<String>> choices() {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        sections().values().forEach(section -> choices.putAll(RecordJson.choices(section.getClass())));
        return choices;
    }

    /**
     * The same procedure with other settings.
     *
     * @param section the JSON of each of the {@link #sections} by its name
     * @throws IllegalArgumentException if a setting is missing, unknown, or of a wrong type or value, naming it
     */
    Procedure with(Function<String, ObjectNode> section);

    /**
     * Refuses networks that this procedure cannot train.
     *
     * @param classes how many classes the images have
     * @throws IllegalArgumentException if a network lacks what a loss needs, or the two do not go together
     */
    void requireFit(Networks<?> networks, int classes);

    /**
     * What settings that do nothing beside the others should be, as {@link Interdependent#idle} has it.
     *
     * @param data what is trained on
     */
    default Map<String, String> idle(Networks<?> networks, DataSpec data) {
        Map<String, String> idle = new LinkedHashMap<>();
        sections().values().forEach(section -> {
            if (section instanceof Interdependent settings) {
                idle.putAll(settings.idle());
            }
        });
        return idle;
    }

    /** The number of steps in all, with a training set of {@code images}. */
    long steps(int images);

    /** How many steps see as many real images as there are, rounded down, at least 1. */
    default long stepsPerEpoch(int images) {
        return Math.max(1, images / imagesPerStep());
    }

    /** How many real images a step sees. */
    long imagesPerStep();

    /** The height and width at which images must be loaded, or nothing if their own will do. */
    OptionalInt imageSize(Networks<?> networks);

    /** Whether what was learned is measured on held-out data while the run goes on. */
    boolean measuredOnTest(Networks<?> networks);

    /** Dispatches to the method of {@code reading} for this procedure. */
    <R> R read(Reading<R> reading);

    /** A rule for each procedure. */
    interface Reading<R> {
        /** The rule for {@link Adversarial}. */
        R adversarial(Adversarial procedure);

        /** The rule for {@link Supervised}. */
        R supervised(Supervised procedure);
    }
}
