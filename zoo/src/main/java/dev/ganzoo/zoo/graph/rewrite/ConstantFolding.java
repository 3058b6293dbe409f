package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * A node all of whose inputs are constants is its value, computed in double and rounded once to float32.
 *
 * <p>Large values that hold more numbers than they are made of stay expressions: a file shall keep the 3×3 kernels rather
 * than what {@link Winograd} makes of them. ONNX Runtime folds them when it loads the network.
 *
 * <p>The value is that of evaluation mode; buffers bound as constants no longer move.
 */
public final class ConstantFolding implements Rule {
    private static final long SMALL = 1 << 14;

    @Override
    public String name() {
        return "constant-folding";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        if (node.inputs().isEmpty() || !node.inputs().stream().allMatch(ConstantFolding::isConstant) || grows(node)) {
            return Optional.empty();
        }
        return Optional.of(valueOf(node));
    }

    private static boolean grows(Node node) {
        long size = Tensor.count(node.shape().extents());
        long from = node.inputs().stream()
                .mapToLong(input -> Tensor.count(input.shape().extents()))
                .sum();
        return size > SMALL && size > from;
    }

    static boolean isConstant(Node node) {
        return node.op() instanceof Op.Constant;
    }

    /** The value of an expression whose leaves are all constants: rounded once, however many operations it has. */
    static Node valueOf(Node expression) {
        Graph graph = Graph.of("constant", "value", expression);
        Tensor value = ReferenceEvaluator.evaluate(graph, Mode.EVALUATION, Map.of(), Map.of())
                .output()
                .toTensor();
        return Node.constant(value);
    }
}
