package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) over the parameters of one network, with its state as tensors.
 *
 * <p>Not thread-safe. The moments live as long as the network's values.
 */
final class Adam {
    private static final double EPSILON = 1e-8;

    private final Network network;
    private final double beta1;
    private final double beta2;
    private final double weightDecay;
    private final NetworkValues first;
    private final NetworkValues second;
    private long updates;

    /** An optimizer that has made no update yet. */
    Adam(Network network, double beta1, double beta2) {
        this(network, beta1, beta2, 0);
    }

    /**
     * An optimizer that has made no update yet and takes {@code weightDecay} × learning rate off each parameter in every
     * update, apart from the moments (Loshchilov and Hutter 2019, algorithm 2).
     */
    Adam(Network network, double beta1, double beta2, double weightDecay) {
        this.network = network;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.weightDecay = weightDecay;
        this.first = new NetworkValues(network.manager());
        this.second = new NetworkValues(network.manager());
        for (String name : network.parameterNames()) {
            int[] shape = network.shape(name);
            first.put(name, Tensor.zeros(shape));
            second.put(name, Tensor.zeros(shape));
        }
    }

    /** One update by the gradients at hand, which are zero afterwards. */
    void update(double learningRate) {
        updates++;
        double correction1 = 1 - Math.pow(beta1, updates);
        double correction2 = Math.sqrt(1 - Math.pow(beta2, updates));
        for (String name : network.parameterNames()) {
            NDArray weight = network.value(name);
            try (NDArray gradient = weight.getGradient()) {
                weight.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(weight, gradient, first.get(name), second.get(name)),
                                new NDList(weight),
                                (float) learningRate,
                                (float) (learningRate * correction2 / correction1),
                                (float) weightDecay,
                                1,
                                -1,
                                (float) beta1,
                                (float) beta2,
                                (float) (EPSILON * correction2),
                                false,
                                weightDecay > 0);
            }
        }
    }

    /** The number of updates made. */
    long updates() {
        return updates;
    }

    /** Both moments of each parameter, as {@code first/<name>} and {@code second/<name>}. */
    Map<String, Tensor> toTensors() {
        Map<String, Tensor> moments = new LinkedHashMap<>();
        first.toTensors().forEach((name, moment) -> moments.put("first/" + name, moment));
        second.toTensors().forEach((name, moment) -> moments.put("second/" + name, moment));
        return moments;
    }

    /**
     * Takes up the state that {@link #toTensors} gave after {@code updates} updates.
     *
     * @throws IllegalArgumentException if a moment is missing, naming it
     */
    void restore(Map<String, Tensor> moments, long updates) {
        for (String name : network.parameterNames()) {
            first.put(name, moment("first/" + name, moments));
            second.put(name, moment("second/" + name, moments));
        }
        this.updates = updates;
    }

    private static Tensor moment(String name, Map<String, Tensor> moments) {
        Tensor moment = moments.get(name);
        if (moment == null) {
            throw new IllegalArgumentException(
                    "optimizer state must have \"%s\", got %s".formatted(name, moments.keySet()));
        }
        return moment;
    }
}
