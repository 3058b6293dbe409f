package dev.ganzoo.zoo.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class GraphTest {
    private final Node x = Node.input("x", Shape.of(Shape.N, 4));
    private final Node weight = Node.parameter("weight", Init.constant(1), 4, 3);
    private final Node offset = Node.buffer("offset", Init.constant(0), 3);
    private final Node product = x.matMul(weight);
    private final Node shared = product.plus(offset);
    private final Node out = shared.relu().times(shared);

    @Test
    void everyNodeFollowsItsInputs() {
        Graph graph = Graph.of("g", "out", out);

        assertThat(graph.nodes()).hasSize(7).doesNotHaveDuplicates();
        for (Node node : graph.nodes()) {
            node.inputs()
                    .forEach(input -> assertThat(graph.nodes().indexOf(input))
                            .isLessThan(graph.nodes().indexOf(node)));
        }
    }

    @Test
    void veryDeepGraphsAreNoProblem() {
        Node deep = x;
        for (int i = 0; i < 100_000; i++) {
            deep = deep.relu();
        }

        assertThat(Graph.of("deep", "out", deep).nodes()).hasSize(100_001);
    }

    @Test
    void knowsItsLeaves() {
        Graph graph = Graph.of("g", "out", out);

        assertThat(graph.inputs()).containsExactly(x);
        assertThat(graph.parameters()).containsExactly(weight);
        assertThat(graph.buffers()).containsExactly(offset);
        assertThat(graph.states()).containsExactly(weight, offset);
        assertThat(graph.parameterCount()).isEqualTo(12);
        assertThat(graph).hasToString("g: 7 nodes, 12 parameters");
    }

    @Test
    void givesEveryNodeAName() {
        Node first = x.relu();
        Node taken = first.relu().named("relu_2");
        Node last = taken.relu();
        Graph graph = Graph.of("g", "out", last);

        assertThat(graph.nodes().stream().map(graph::nameOf)).containsExactly("x", "relu_1", "relu_2", "relu_3");
    }

    @Test
    void refusesTheNameOfAStranger() {
        Graph graph = Graph.of("g", "out", product);

        assertThatThrownBy(() -> graph.nameOf(out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no node of graph g: multiply (N, 3)");
    }

    @Test
    void refusesTwoLeavesOfOneName() {
        Node other = Node.parameter("x", Init.constant(0), 4);

        assertThatThrownBy(() -> Graph.of("g", "out", x.plus(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("node names must be unique, \"x\" is given twice");
    }

    @Test
    void leavesKeepTheirNames() {
        assertThatThrownBy(() -> weight.named("kernel"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the parameter weight keeps its name, got \"kernel\"");
        assertThat(Node.constant(1).named("one").name()).isEqualTo("one");
    }

    @Test
    void keepsTheOrderOfItsOutputs() {
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("b", out);
        outputs.put("a", product);
        Graph graph = Graph.of("g", outputs);
        outputs.clear();

        assertThat(graph.outputs().keySet()).containsExactly("b", "a");
        assertThatThrownBy(graph::output)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("graph g must have one output, has [b, a]");
    }

    @Test
    void interpreterFinishesEachValueOnceAndNoOutput() {
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("shared", shared);
        outputs.put("out", out);
        List<Node> finished = new ArrayList<>();

        Map<String, Shape> shapes =
                Interpreter.run(Graph.of("g", outputs), ShapeInference.RULES, (node, shape) -> finished.add(node));

        assertThat(shapes).containsEntry("shared", Shape.of(Shape.N, 3)).containsEntry("out", Shape.of(Shape.N, 3));
        assertThat(finished).containsExactlyInAnyOrder(x, weight, offset, product, out.input(0));
    }
}
