package dev.ganzoo.zoo.graph.rewrite;

import java.util.ArrayList;
import java.util.List;

/** For which kind of device a network is rewritten that will only be evaluated, its weights known. */
public enum Target {
    /** Matrix products reach the arithmetic peak, so that convolutions made of them may have fewer multiplications. */
    CPU,
    /** The device's own convolution kernels know such tricks themselves; one large operation is best. */
    GPU;

    /** What makes evaluation cheaper there, in the order in which rules are tried; each rule is exact. */
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(Folding.rules());
        if (this == CPU) {
            rules.addAll(Winograd.rules());
        }
        rules.addAll(Convolutions.rules());
        if (this == CPU) {
            rules.addAll(PixelsFirst.rules());
        }
        rules.add(new DuplicateNodes());
        return List.copyOf(rules);
    }
}
