package dev.ganzoo.zoo.graph.rewrite;

import static dev.ganzoo.zoo.graph.rewrite.Rewrites.assertEqualUnder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class DuplicateNodesTest {
    private static final List<Rule> RULES = List.of(new DuplicateNodes());

    private final Node x = Node.input("x", Shape.of(Shape.N, 2));

    @Test
    void whatIsTheSameIsComputedOnce() {
        Node once = x.times(Node.constant(Tensor.of(new float[] {1, 2}, 2))).tanh();
        Node again = x.times(Node.constant(Tensor.of(new float[] {1, 2}, 2))).tanh();

        Graph after = assertEqualUnder(RULES, once.plus(again.relu()).named("y"), 0);

        assertThat(after.output().input(1).input(0)).isSameAs(after.output().input(0));
        assertThat(after.nodes()).hasSize(6);
    }

    @Test
    void whatDiffersStays() {
        Node y = x.times(Node.constant(2))
                .plus(x.times(Node.constant(3)).reshape(Shape.N, 2, 1).sum(2));
        Graph graph = Graph.of("different", "y", y.plus(x.reshape(Shape.N, 2)));

        assertThat(Rewriter.with(RULES).rewrite(graph)).isSameAs(graph);
    }

    @Test
    void statisticsMoveAsOftenAsBefore() {
        Node mean = Node.buffer("mean", Init.constant(0), 2);
        Node variance = Node.buffer("variance", Init.constant(1), 2);
        Node gain = Node.parameter("gain", Init.constant(1), 2);
        Op norm = new Op.BatchNorm(1e-5, 0.1);
        Node y = Node.apply(norm, x, gain, gain, mean, variance).plus(Node.apply(norm, x, gain, gain, mean, variance));
        Graph graph = Graph.of("twice", "y", y);

        assertThat(Rewriter.with(RULES).rewrite(graph)).isSameAs(graph);
    }
}
