package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) over the parameters of one network, with its state as tensors.
 *
 * <p>Not thread-safe. The moments live as long as the network's values.
 */
final class Adam {
    private static final double EPSILON = 1e-8;
    private static final Map<List<Double>, TorchExpression> UPDATES = new ConcurrentHashMap<>();

    private final Network network;
    private final TorchExpression update;
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
        this.update = UPDATES.computeIfAbsent(List.of(beta1, beta2, weightDecay), Adam::update);
        this.first = new NetworkValues(network.manager());
        this.second = new NetworkValues(network.manager());
        for (String name : network.parameterNames()) {
            int[] shape = network.shape(name);
            first.put(name, Tensor.zeros(shape));
            second.put(name, Tensor.zeros(shape));
        }
    }

    /**
     * libtorch's update of one parameter in one walk over it, which also takes the gradient back to zero. Were the weight not
     * the result, libtorch's optimizer would take the update for dead code.
     */
    private static TorchExpression update(List<Double> settings) {
        String update =
                ("torch._fused_adamw_(weights, [gradient], [first], [second], annotate(List[Tensor], []), [updates],"
                                + " lr=rate, beta1=%s, beta2=%s, weight_decay=%s, eps=%s, amsgrad=False, maximize=False)")
                        .formatted(settings.get(0), settings.get(1), settings.get(2), EPSILON);
        return TorchExpression.of(
                List.of("weights = [torch.detach(weight)]", update, "zero = torch.zero_(gradient)"),
                "weights[0]",
                List.of("weight", "gradient", "first", "second", "updates", "rate"));
    }

    /** One update by the gradients at hand, which are zero afterwards. */
    void update(double learningRate) {
        updates++;
        try (NDManager scope = network.manager().newSubManager()) {
            NDArray count = scope.create((float) updates);
            NDArray rate = scope.create(learningRate);
            for (String name : network.parameterNames()) {
                NDArray weight = network.value(name);
                NDArray gradient = Scopes.move(weight.getGradient(), scope);
                update.of(scope, new NDList(weight, gradient, first.get(name), second.get(name), count, rate));
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
