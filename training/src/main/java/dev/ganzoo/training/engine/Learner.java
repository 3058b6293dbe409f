package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.run.Parts;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A network that learns: its values, Adam's moments, and a moving average where one is kept.
 *
 * <p>Its state has a part named as the graph, and its {@link Parts#averageOf average} and {@link Parts#optimizerOf
 * optimizer}.
 */
final class Learner {
    private final Network network;
    private final Network average;
    private final MovingAverage movingAverage;
    private final Adam adam;

    private Learner(Network network, Network average, MovingAverage movingAverage, Adam adam) {
        this.network = network;
        this.average = average;
        this.movingAverage = movingAverage;
        this.adam = adam;
    }

    /** A learner at its start, without a moving average. */
    static Learner of(Network network, Adam adam) {
        return new Learner(network, network, null, adam);
    }

    /** A learner at its start with a moving average from step {@code start}; none if {@code decay} is 0. */
    static Learner of(Network network, Adam adam, double decay, long start, NDManager manager) {
        if (decay == 0) {
            return of(network, adam);
        }
        Network average = Network.restore(network.graph(), network.toTensors(), manager);
        return new Learner(network, average, new MovingAverage(network, average, decay, start), adam);
    }

    /** The network that learns. */
    Network network() {
        return network;
    }

    /** The moving average, or the network itself where none is kept. */
    Network average() {
        return average;
    }

    /** The network, and its average if there is one. */
    Set<Network> networks() {
        return hasAverage() ? Set.of(network, average) : Set.of(network);
    }

    boolean hasAverage() {
        return movingAverage != null;
    }

    /** One update by the gradients at hand. */
    void update(double learningRate) {
        adam.update(learningRate);
    }

    /** Moves the average, if there is one, after step {@code step}, counted from 0. */
    void moveAverage(long step) {
        if (hasAverage()) {
            movingAverage.update(step);
        }
    }

    /** Copies of all that changes, by part. */
    Map<String, Map<String, Tensor>> state() {
        Map<String, Map<String, Tensor>> state = new LinkedHashMap<>();
        state.put(name(), network.toTensors());
        if (hasAverage()) {
            state.put(Parts.averageOf(name()), average.toTensors());
        }
        state.put(Parts.optimizerOf(name()), adam.toTensors());
        return state;
    }

    /** The names of the parts of {@link #state}. */
    Set<String> parts() {
        return hasAverage()
                ? Set.of(name(), Parts.averageOf(name()), Parts.optimizerOf(name()))
                : Set.of(name(), Parts.optimizerOf(name()));
    }

    /**
     * Takes up its parts of {@code state}, as they were after {@code updates} updates.
     *
     * @throws IllegalArgumentException if a tensor is missing, superfluous or of another shape, naming it
     */
    void restore(Map<String, Map<String, Tensor>> state, long updates) {
        network.assign(state.get(name()));
        if (hasAverage()) {
            average.assign(state.get(Parts.averageOf(name())));
        }
        adam.restore(state.get(Parts.optimizerOf(name())), updates);
    }

    private String name() {
        return network.graph().name();
    }
}
