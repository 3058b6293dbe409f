package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies rules to a graph, from inputs to outputs, until none has anything to say. Immutable and thread-safe. */
public final class Rewriter {
    private static final int LIMIT = 100;

    private final List<Rule> rules;

    private Rewriter(List<Rule> rules) {
        this.rules = rules;
    }

    /** A rewriter that tries {@code rules} in the order given. */
    public static Rewriter with(List<Rule> rules) {
        return new Rewriter(List.copyOf(rules));
    }

    /** An equal graph under the rules; the outputs keep their names. */
    public Graph rewrite(Graph graph) {
        Graph before = graph;
        for (int pass = 0; pass < LIMIT; pass++) {
            Graph after = pass(before);
            if (after == before) {
                return after;
            }
            before = after;
        }
        throw new IllegalStateException("rules must come to an end, still rewriting %s after %d passes: %s"
                .formatted(graph.name(), LIMIT, rules.stream().map(Rule::name).toList()));
    }

    private Graph pass(Graph graph) {
        Map<Node, Node> replacements = new IdentityHashMap<>();
        List<Rule> passing = rules.stream().map(Rule::forOnePass).toList();
        boolean changed = false;
        for (Node node : graph.nodes()) {
            Node rebuilt = node.withInputs(
                    node.inputs().stream().map(replacements::get).toList());
            Node replacement = firstMatch(passing, rebuilt)
                    .map(found -> replacements.containsValue(found) ? found : keepName(rebuilt, found))
                    .orElse(rebuilt);
            changed |= replacement != node;
            replacements.put(node, replacement);
        }
        if (!changed) {
            return graph;
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> outputs.put(name, replacements.get(node)));
        return Graph.of(graph.name(), outputs);
    }

    private static Optional<Node> firstMatch(List<Rule> rules, Node node) {
        for (Rule rule : rules) {
            Optional<Node> replacement = rule.rewrite(node);
            if (replacement.isPresent()) {
                checkShape(rule, node, replacement.get());
                return replacement;
            }
        }
        return Optional.empty();
    }

    private static void checkShape(Rule rule, Node node, Node replacement) {
        if (!replacement.shape().equals(node.shape())) {
            throw new IllegalStateException(
                    "rule %s must keep the shape of %s, got %s".formatted(rule.name(), node, replacement));
        }
    }

    /** Only for nodes made by a rule: one that is there already would be a copy under another name, computed twice. */
    private static Node keepName(Node node, Node replacement) {
        boolean leaf = replacement.inputs().isEmpty();
        return node.name() == null || leaf || replacement.name() != null ? replacement : replacement.named(node.name());
    }
}
