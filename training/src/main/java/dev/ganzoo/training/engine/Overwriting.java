package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sums and rectified values written over their input, which spares a walk through fresh memory.
 *
 * <p>That is allowed where nobody else reads the input: it has one use, it lies in memory of its own, and the operation it
 * comes from does not need its result for its gradient.
 */
final class Overwriting {
    private static final List<Class<? extends Op>> FORGETFUL = List.of(
            Op.Add.class,
            Op.Subtract.class,
            Op.Multiply.class,
            Op.Conv2d.class,
            Op.ConvTranspose2d.class,
            Op.Linear.class,
            Op.MatMul.class,
            Op.BatchNorm.class,
            Op.LayerNorm.class);

    private static final TorchExpression ADD = TorchExpression.of("torch.add_(x, y)", List.of("x", "y"));
    private static final TorchExpression RELU = TorchExpression.of("torch.relu_(x)", List.of("x"));

    private static final Map<Double, TorchExpression> LEAKY_RELU = new ConcurrentHashMap<>();

    private final Set<Node> free = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Of the values in {@code graph}. */
    Overwriting(Graph graph) {
        graph.uses().forEach((node, count) -> {
            if (count == 1 && FORGETFUL.contains(node.op().getClass())) {
                free.add(node);
            }
        });
    }

    /** The sum {@code node} of {@code inputs}. */
    NDArray sum(NDManager scope, Node node, List<NDArray> inputs) {
        for (int i = 0; i < 2; i++) {
            Node summand = node.input(i);
            if (free.contains(summand) && summand.shape().equals(node.shape())) {
                return ADD.of(scope, new NDList(inputs.get(i), inputs.get(1 - i)));
            }
        }
        return inputs.get(0).add(inputs.get(1));
    }

    /** The leaky positive part {@code node} of {@code x}. */
    NDArray leakyRelu(NDManager scope, Op.LeakyRelu op, Node node, NDArray x) {
        return free.contains(node.input(0)) && op.slope() > 0
                ? LEAKY_RELU.computeIfAbsent(op.slope(), Overwriting::leakyRelu).of(scope, new NDList(x))
                : x.getNDArrayInternal().leakyRelu((float) op.slope());
    }

    private static TorchExpression leakyRelu(double slope) {
        return TorchExpression.of("torch.leaky_relu_(x, %s)".formatted(slope), List.of("x"));
    }

    /** The positive part {@code node} of {@code x}. */
    NDArray relu(NDManager scope, Node node, NDArray x) {
        return free.contains(node.input(0))
                ? RELU.of(scope, new NDList(x))
                : x.getNDArrayInternal().relu();
    }
}
