package dev.ganzoo.training.recipe;

import dev.ganzoo.zoo.graph.Node;

/** The objectives that recipes choose from. */
public final class Objectives {
    private static final Node ONE = Node.constant(1);

    private Objectives() {}

    /**
     * The hinge loss: D minimises mean max(0, 1 − D(x)) + mean max(0, 1 + D(G(z))), G minimises −mean D(G(z)) (Lim and Ye
     * 2017; Miyato et al. 2018, eq. 16–17).
     */
    public static Objective hinge() {
        return new Objective(
                "hinge",
                "Lim & Ye 2017, Geometric GAN",
                (real, fake) ->
                        mean(ONE.minus(real).relu()).plus(mean(ONE.plus(fake).relu())),
                fake -> mean(fake).negated());
    }

    private static Node mean(Node logits) {
        return logits.mean(0, 1);
    }
}
