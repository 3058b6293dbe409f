package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.rewrite.DropoutAsIdentity;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.graph.rewrite.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Batch norm's statistics of a generator whose weights stand still (Brock et al. 2019, appendix C): the means, over some
 * batches of latents, of what each batch norm sees. Whatever the running statistics were is forgotten; nothing else of the
 * network changes. For evaluation they are truer than running ones, which lag behind the weights.
 */
final class StandingStatistics {
    private StandingStatistics() {}

    /** Gives {@code network} the statistics of {@code batches} batches, each the inputs that {@code inputs} makes in a scope. */
    static void refresh(Network network, int batches, NDManager manager, IntFunction<Inputs> inputs) {
        for (int batch = 0; batch < batches; batch++) {
            try (NDManager scope = manager.newSubManager()) {
                network.sharing(averaging(network.graph(), 1.0 / (batch + 1)))
                        .outputs(scope, Mode.TRAINING, inputs.apply(batch).in(scope));
            }
        }
    }

    /** Inputs of one batch. */
    @FunctionalInterface
    interface Inputs {
        /** The inputs by name, owned by {@code scope}. */
        Map<String, NDArray> in(NDManager scope);
    }

    /** The graph in which, in training mode, batch norm's new statistics have this weight and all else is as in evaluation. */
    private static Graph averaging(Graph graph, double weight) {
        Rule momentum = Rule.named("momentum", node -> momentum(node, weight));
        Rule standing = Rule.named("spectral-norm-as-arithmetic", StandingStatistics::spectralNorm);
        return Rewriter.with(List.of(momentum, standing, new DropoutAsIdentity()))
                .rewrite(graph);
    }

    private static Optional<Node> momentum(Node node, double weight) {
        return node.op() instanceof Op.BatchNorm op && op.momentum() != weight
                ? Optional.of(Node.apply(
                        new Op.BatchNorm(op.epsilon(), weight), node.inputs().toArray(Node[]::new)))
                : Optional.empty();
    }

    /** W / uᵀWv without a step of the power iteration. */
    private static Optional<Node> spectralNorm(Node node) {
        if (!(node.op() instanceof Op.SpectralNorm)) {
            return Optional.empty();
        }
        Node weight = node.input(0);
        int rows = node.input(1).shape().extent(0);
        int columns = node.input(2).shape().extent(0);
        Node sigma = node.input(1)
                .reshape(1, rows)
                .matMul(weight.reshape(rows, columns))
                .matMul(node.input(2).reshape(columns, 1))
                .sum(0, 1);
        return Optional.of(weight.dividedBy(sigma));
    }
}
