package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;
import java.util.function.Function;

/** One exact identity: a node replaced by another of the same value and shape. */
public interface Rule {
    /** What the rule is called in reports and documentation. */
    String name();

    /** The cheaper or simpler equal of {@code node}, or empty where the rule says nothing. */
    Optional<Node> rewrite(Node node);

    /** The rule for one pass over a graph: this one, unless it remembers nodes of the pass. */
    default Rule forOnePass() {
        return this;
    }

    /** The rule {@code body} under a name. */
    static Rule named(String name, Function<Node, Optional<Node>> body) {
        return new Rule() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Node> rewrite(Node node) {
                return body.apply(node);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
