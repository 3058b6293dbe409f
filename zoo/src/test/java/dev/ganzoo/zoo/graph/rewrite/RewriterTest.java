package dev.ganzoo.zoo.graph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class RewriterTest {
    private static final Rule RELU_TWICE =
            rule(Op.Relu.class, relu -> relu.input(0).op() instanceof Op.Relu ? relu.input(0) : null);
    private static final Rule TANH_TO_RELU =
            rule(Op.Tanh.class, tanh -> tanh.input(0).relu());
    private static final Rule TANH_TO_SQRT =
            rule(Op.Tanh.class, tanh -> tanh.input(0).sqrt());

    private final Node x = Node.input("x", Shape.of(Shape.N, 4));

    @Test
    void aGraphWithoutAMatchIsReturnedAsItIs() {
        Graph graph = Graph.of("g", "out", x.relu().sqrt());

        assertThat(Rewriter.with(List.of(RELU_TWICE, TANH_TO_RELU)).rewrite(graph))
                .isSameAs(graph);
    }

    @Test
    void rulesApplyUntilNoneMatches() {
        Graph graph = Graph.of("g", "out", x.relu().tanh().relu().relu());

        Graph after = Rewriter.with(List.of(RELU_TWICE, TANH_TO_RELU)).rewrite(graph);

        assertThat(operations(after)).containsExactly("input", "relu");
        assertThat(after.name()).isEqualTo("g");
    }

    @Test
    void theFirstRuleWins() {
        Graph graph = Graph.of("g", "out", x.tanh());

        assertThat(operations(Rewriter.with(List.of(TANH_TO_SQRT, TANH_TO_RELU)).rewrite(graph)))
                .containsExactly("input", "sqrt");
        assertThat(operations(Rewriter.with(List.of(TANH_TO_RELU, TANH_TO_SQRT)).rewrite(graph)))
                .containsExactly("input", "relu");
    }

    @Test
    void outputsKeepNamesAndOrder() {
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("b", x.tanh());
        outputs.put("a", x.sqrt());

        Graph after = Rewriter.with(List.of(TANH_TO_RELU)).rewrite(Graph.of("g", outputs));

        assertThat(after.outputs().keySet()).containsExactly("b", "a");
        assertThat(after.outputs().get("b").op()).isEqualTo(new Op.Relu());
        assertThat(after.outputs().get("a")).isSameAs(outputs.get("a"));
    }

    @Test
    void aReplacementTakesTheNameOver() {
        Graph graph = Graph.of("g", "out", x.tanh().named("activation"));

        assertThat(Rewriter.with(List.of(TANH_TO_RELU)).rewrite(graph).output()).hasToString("activation: relu (N, 4)");
    }

    @Test
    void whatIsSharedStaysShared() {
        Node shared = x.relu();
        Graph graph = Graph.of("g", "out", shared.relu().named("again").plus(shared.tanh()));

        Graph after = Rewriter.with(List.of(RELU_TWICE)).rewrite(graph);

        assertThat(operations(after)).containsExactly("input", "relu", "tanh", "add");
    }

    @Test
    void nodesAfterAReplacementAreRebuiltUnderTheirNames() {
        Graph graph = Graph.of("g", "out", x.tanh().sqrt().named("root"));

        Node root = Rewriter.with(List.of(TANH_TO_RELU)).rewrite(graph).output();

        assertThat(root.name()).isEqualTo("root");
        assertThat(root.input(0).op()).isEqualTo(new Op.Relu());
    }

    @Test
    void aRuleMustKeepTheShape() {
        Rule wrong = new Named("flatten", Op.Tanh.class, tanh -> tanh.input(0).sum(1));

        assertThatThrownBy(() -> Rewriter.with(List.of(wrong)).rewrite(Graph.of("g", "out", x.tanh())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rule flatten must keep the shape of tanh (N, 4), got sum (N)");
    }

    @Test
    void rulesMustComeToAnEnd() {
        Rule back = new Named("back", Op.Relu.class, relu -> relu.input(0).tanh());
        Rule forth = new Named("forth", Op.Tanh.class, tanh -> tanh.input(0).relu());

        assertThatThrownBy(() -> Rewriter.with(List.of(back, forth)).rewrite(Graph.of("g", "out", x.tanh())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rules must come to an end, still rewriting g after 100 passes: [back, forth]");
    }

    @Test
    void leavesMayBeReplaced() {
        Node weight = Node.parameter("weight", Init.constant(1), 4);
        Rule bind = rule(Op.Parameter.class, parameter -> Node.constant(Examples.normal(1, 4)));

        Graph after = Rewriter.with(List.of(bind)).rewrite(Graph.of("g", "out", x.times(weight)));

        assertThat(operations(after)).containsExactly("input", "constant", "multiply");
    }

    private static Rule rule(Class<? extends Op> kind, UnaryOperator<Node> replacement) {
        return new Named("of " + kind.getSimpleName(), kind, replacement);
    }

    private static List<String> operations(Graph graph) {
        return graph.nodes().stream().map(node -> node.op().mnemonic()).toList();
    }

    /** Replaces nodes of one operation, where the replacement is not null. */
    private record Named(String name, Class<? extends Op> kind, UnaryOperator<Node> replacement) implements Rule {
        @Override
        public Optional<Node> rewrite(Node node) {
            return kind.isInstance(node.op()) ? Optional.ofNullable(replacement.apply(node)) : Optional.empty();
        }
    }
}
