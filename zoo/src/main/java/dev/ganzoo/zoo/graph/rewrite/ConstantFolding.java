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
 * <p>The value is that of evaluation mode; buffers bound as constants no longer move.
 */
public final class ConstantFolding implements Rule {
    @Override
    public String name() {
        return "constant-folding";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        if (node.inputs().isEmpty() || !node.inputs().stream().allMatch(ConstantFolding::isConstant)) {
            return Optional.empty();
        }
        return Optional.of(valueOf(node));
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
