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
        Graph graph = Graph.of("constant", "value", node);
        Tensor value = ReferenceEvaluator.evaluate(graph, Mode.EVALUATION, Map.of(), Map.of())
                .output()
                .toTensor();
        return Optional.of(Node.constant(value));
    }

    private static boolean isConstant(Node node) {
        return node.op() instanceof Op.Constant;
    }
}
