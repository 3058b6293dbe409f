package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.Optional;

/** w·A + w·B = w·(A + B) for constant tables A and B. */
public final class SumOfClassTables implements Rule {
    @Override
    public String name() {
        return "sum-of-class-tables";
    }

    @Override
    public Optional<Node> rewrite(Node node) {
        if (!(node.op() instanceof Op.Add)) {
            return Optional.empty();
        }
        Optional<ClassTable> left = ClassTable.match(node.input(0));
        Optional<ClassTable> right = ClassTable.match(node.input(1));
        return left.filter(a -> right.filter(b -> alike(a, b)).isPresent())
                .map(a -> a.with(a.table().plus(right.get().table())));
    }

    private static boolean alike(ClassTable a, ClassTable b) {
        return a.weights() == b.weights() && a.shape().equals(b.shape());
    }
}
