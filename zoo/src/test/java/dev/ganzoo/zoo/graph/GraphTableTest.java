package dev.ganzoo.zoo.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.architecture.TinyNetworks;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class GraphTableTest {
    static Stream<Graph> graphs() {
        return TinyNetworks.graphs();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void everyParameterIsCountedOnce(Graph graph) {
        GraphTable table = GraphTable.of(graph);

        assertThat(table.rows().stream().mapToLong(GraphTable.Row::parameters).sum())
                .isEqualTo(graph.parameterCount());
        assertThat(table.blocks().stream()
                        .mapToLong(GraphTable.Block::parameters)
                        .sum())
                .isEqualTo(graph.parameterCount());
    }

    @Test
    void operationsOnWeightsBelongToWhatUsesThem() {
        Node x = Node.input("x", Shape.of(Shape.N, 3));
        Node weight = Node.parameter("a.weight", Init.constant(1), 4, 3);
        Node normalized = Node.apply(
                new Op.SpectralNorm(1e-12),
                weight,
                Node.buffer("a.u", Init.unitVector(), 4),
                Node.buffer("a.v", Init.unitVector(), 3));
        Node a = Node.apply(new Op.Linear(), x, normalized).named("a.first");
        Node b = Node.apply(new Op.Linear(), a.relu().reshape(Shape.N, 4), normalized.transpose(1, 0))
                .named("b");

        GraphTable table = GraphTable.of(Graph.of("both", "out", b.plus(x)));

        assertThat(table.rows())
                .containsExactly(
                        new GraphTable.Row("a.first", "linear", Shape.of(Shape.N, 4), 12),
                        new GraphTable.Row("relu_1", "relu", Shape.of(Shape.N, 4), 0),
                        new GraphTable.Row("reshape_1", "reshape", Shape.of(Shape.N, 4), 0),
                        new GraphTable.Row("b", "linear", Shape.of(Shape.N, 3), 0),
                        new GraphTable.Row("add_1", "add", Shape.of(Shape.N, 3), 0));
        assertThat(table.blocks())
                .containsExactly(
                        new GraphTable.Block("x", Shape.of(Shape.N, 3), 0, Set.of()),
                        new GraphTable.Block("a", Shape.of(Shape.N, 4), 12, Set.of("x")),
                        new GraphTable.Block("b", Shape.of(Shape.N, 3), 0, Set.of("a", "x")));
    }
}
