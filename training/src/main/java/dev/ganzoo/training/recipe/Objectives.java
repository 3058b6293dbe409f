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

    /** Mean −log softmax of the logits at the true class. */
    public static ClassificationLoss crossEntropy() {
        return new ClassificationLoss(
                "cross-entropy",
                "Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs",
                (logits, classWeights) ->
                        logits.logSoftmax(1).times(classWeights).sum(1).mean(0).negated());
    }

    private static Node mean(Node logits) {
        return logits.mean(0, 1);
    }
}
