package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Node;

/** Global pooling over height and width: (N, C, H, W) → (N, C). */
public enum Pooling {
    /** The sum, as in SNGAN. */
    SUM,
    /** The mean. */
    MEAN;

    Node of(Node x) {
        return this == SUM ? x.sum(2, 3) : x.mean(2, 3);
    }
}
