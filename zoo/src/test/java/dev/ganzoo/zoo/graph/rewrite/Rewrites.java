package dev.ganzoo.zoo.graph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.Closeness;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a graph with what rules make of it, in double arithmetic. */
final class Rewrites {
    private Rewrites() {}

    /** The rule of that name alone. */
    static List<Rule> only(List<Rule> rules, String name) {
        List<Rule> named =
                rules.stream().filter(rule -> rule.name().equals(name)).toList();
        assertThat(named).hasSize(1);
        assertThat(named.get(0)).hasToString(name);
        return named;
    }

    /** The rewritten graph, which must differ, keep the name and all states, and give the same values. */
    static Graph assertEqualUnder(List<Rule> rules, Node y, double tolerance) {
        Graph before = Graph.of("before", "y", y);
        Graph after = Rewriter.with(rules).rewrite(before);

        assertThat(after).isNotSameAs(before);
        assertThat(after.output().name()).isEqualTo(y.name());
        assertThat(states(after)).isEqualTo(states(before));
        Map<String, DoubleTensor> weights = DoubleTensor.of(Examples.weights(before));
        for (int batch : new int[] {1, 3}) {
            Map<String, DoubleTensor> inputs = DoubleTensor.of(Examples.inputs(before, batch));
            DoubleTensor expected = ReferenceEvaluator.evaluate(before, Mode.TRAINING, inputs, weights)
                    .output();
            DoubleTensor actual = ReferenceEvaluator.evaluate(after, Mode.TRAINING, inputs, weights)
                    .output();
            Closeness.assertClose("batch of " + batch, actual, expected, tolerance);
        }
        return after;
    }

    /** The kinds of operations in a graph. */
    static Set<Class<?>> operations(Graph graph) {
        return graph.nodes().stream().map(node -> node.op().getClass()).collect(Collectors.toSet());
    }

    private static Map<String, Shape> states(Graph graph) {
        return graph.states().stream().collect(Collectors.toMap(Node::name, Node::shape));
    }
}
