package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Node;
import java.util.Optional;

/** One exact identity: a node replaced by another of the same value and shape. */
public interface Rule {
    /** What the rule is called in reports and documentation. */
    String name();

    /** The cheaper or simpler equal of {@code node}, or empty where the rule says nothing. */
    Optional<Node> rewrite(Node node);
}
