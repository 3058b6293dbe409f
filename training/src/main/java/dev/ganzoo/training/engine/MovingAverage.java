package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The exponential moving average of a network's parameters and buffers (Yazıcı et al. 2019), kept in a second network of
 * the same graph.
 *
 * <p>The vectors of spectral norm are not averaged: the mean of unit vectors that turn is shorter than one, and the average
 * would be divided by too little. They follow the averaged weights instead, by a step of the power iteration an update.
 */
final class MovingAverage {
    private final Network source;
    private final Network average;
    private final double decay;
    private final long start;
    private final List<Node> averaged;
    private final Network normalizedWeights;

    /**
     * An average that equals {@code source} until step {@code start}, counted from 0, which is the first to be averaged.
     *
     * @param decay the weight of the old average in each update, in [0, 1)
     */
    MovingAverage(Network source, Network average, double decay, long start) {
        this.source = source;
        this.average = average;
        this.decay = decay;
        this.start = start;
        Graph graph = average.graph();
        List<Node> normalized = graph.nodes().stream()
                .filter(node -> node.op() instanceof Op.SpectralNorm)
                .toList();
        Set<Node> vectors = normalized.stream()
                .flatMap(node -> node.inputs().stream().skip(1))
                .collect(Collectors.toSet());
        this.averaged = graph.states().stream()
                .filter(state -> !vectors.contains(state))
                .toList();
        this.normalizedWeights = average.sharing(Graph.of(
                graph.name(),
                normalized.stream()
                        .collect(Collectors.toMap(node -> node.input(1).name(), UnaryOperator.identity()))));
    }

    /** Moves the average after generator step {@code step}, counted from 0: average ← decay·average + (1 − decay)·source. */
    void update(long step) {
        if (step < start) {
            average.graph().states().forEach(state -> move(state, 0));
            return;
        }
        averaged.forEach(state -> move(state, (float) decay));
        iterate();
    }

    private void move(Node state, float kept) {
        NDArray target = average.value(state.name());
        try (NDArray value = source.value(state.name()).stopGradient();
                NDArray change = value.mul(1 - kept)) {
            target.muli(kept).addi(change);
        }
    }

    private void iterate() {
        try (NDManager scope = average.manager().newSubManager()) {
            normalizedWeights.outputs(scope, Mode.TRAINING, Map.of());
        }
    }
}
