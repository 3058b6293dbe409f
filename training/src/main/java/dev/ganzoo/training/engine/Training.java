package dev.ganzoo.training.engine;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Networks that learn step by step. What changes is in {@link #state}; everything else is a function of the step's
 * number, so that a run goes on exactly from a copy of that state.
 *
 * <p>Implementations are not thread-safe. Closing frees all native memory.
 */
public interface Training extends AutoCloseable {
    /** How many images a row of a sample grid has. */
    int SAMPLES_PER_ROW = 8;

    /**
     * Step {@code step}, counted from 0.
     *
     * @return what was measured on its batches, by a name of the form {@code group/name}
     */
    Map<String, Double> step(long step);

    /** How good the networks are on held-out data, if that can be told. */
    default Optional<Evaluation> evaluate(Dataset test) {
        return Optional.empty();
    }

    /** Images (N, C, H, W) in [−1, 1] by which people follow the run, always from the same latents, if it makes images. */
    default Optional<Tensor> samples() {
        return Optional.empty();
    }

    /** Makes any number of images by the generator as it is now, if there is one. */
    default Optional<Sampler> sampler() {
        return Optional.empty();
    }

    /** Fixed inputs, and what the networks make of them in evaluation mode: by these, an export checks itself. */
    Map<String, Tensor> golden();

    /** Copies of all that changes in training, by the name of its part: tensors by name. */
    Map<String, Map<String, Tensor>> state();

    /** The names of the parts of {@link #state}. */
    Set<String> parts();

    /**
     * Takes up the state that {@link #state} gave after {@code steps} steps.
     *
     * @throws IllegalArgumentException if a tensor is missing, superfluous or of another shape, naming it
     */
    void restore(Map<String, Map<String, Tensor>> state, long steps);

    @Override
    void close();

    /**
     * What was measured on held-out data.
     *
     * @param metrics by a name of the form {@code group/test}
     * @param quality the one figure by which the best weights of a run are told, the higher the better
     * @param by what that figure is; figures of different kinds are not compared
     */
    record Evaluation(Map<String, Double> metrics, double quality, String by) {}
}
