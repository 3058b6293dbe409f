package dev.ganzoo.training.loss;

import dev.ganzoo.training.loss.Objective.Output;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The objectives that recipes choose from. */
public final class Objectives {
    private static final Node ONE = Node.constant(1);
    private static final Node HALF = Node.constant(0.5);

    private static final Map<String, Objective> ALL =
            byName(List.of(minimax(), nonSaturating(), hinge(), wasserstein(), leastSquares()));

    private static final Map<String, List<String>> NAMES_ELSEWHERE = Map.of(
            "bce", List.of("non-saturating", "minimax"),
            "lsgan", List.of("least-squares"),
            "mse", List.of("least-squares"),
            "wgan", List.of("wasserstein"));

    private Objectives() {}

    /** All objectives of adversaries. */
    public static List<Objective> all() {
        return List.copyOf(ALL.values());
    }

    /**
     * The objective of adversaries of this name.
     *
     * @throws IllegalArgumentException if there is none; the message suggests the nearest and says what each is
     */
    public static Objective named(String name) {
        Objective found = ALL.get(name);
        if (found == null) {
            Map<String, String> known = new LinkedHashMap<>();
            ALL.values().forEach(objective -> known.put(objective.name(), objective.about()));
            throw new IllegalArgumentException(Suggestions.unknown("objective", name, known, NAMES_ELSEWHERE));
        }
        return found;
    }

    /**
     * The minimax game: D minimises the binary cross entropy −mean log σ(D(x)) − mean log(1 − σ(D(G(z)))), G minimises
     * mean log(1 − σ(D(G(z)))) (Goodfellow et al. 2014, eq. 1).
     */
    public static Objective minimax() {
        return new Objective(
                "minimax",
                "Goodfellow et al. 2014, Generative Adversarial Nets",
                "binary cross entropy, which D minimises and G maximises",
                Output.LOGIT,
                Objectives::binaryCrossEntropy,
                fake -> mean(softplus(fake)).negated());
    }

    /**
     * Binary cross entropy for D as in {@link #minimax}; G minimises −mean log σ(D(G(z))), whose gradient does not vanish
     * where D is sure (Goodfellow et al. 2014, section 3). This is what implementations call BCE.
     */
    public static Objective nonSaturating() {
        return new Objective(
                "non-saturating",
                "Goodfellow et al. 2014, Generative Adversarial Nets, section 3",
                "binary cross entropy for D, and for G as if fakes were real: what is called BCE",
                Output.LOGIT,
                Objectives::binaryCrossEntropy,
                fake -> mean(softplus(fake.negated())));
    }

    /**
     * The hinge loss: D minimises mean max(0, 1 − D(x)) + mean max(0, 1 + D(G(z))), G minimises −mean D(G(z)) (Lim and Ye
     * 2017; Miyato et al. 2018, eq. 16–17).
     */
    public static Objective hinge() {
        return new Objective(
                "hinge",
                "Lim & Ye 2017, Geometric GAN",
                "D wants logits above 1 for real and below −1 for fake, and no more",
                Output.LOGIT,
                (real, fake) ->
                        mean(ONE.minus(real).relu()).plus(mean(ONE.plus(fake).relu())),
                fake -> mean(fake).negated());
    }

    /**
     * The difference of means: D minimises mean D(G(z)) − mean D(x), G minimises −mean D(G(z)) (Arjovsky et al. 2017). Of
     * use only with a D that is kept Lipschitz, by a {@link GradientPenalty} or spectral norm; {@link R1} keeps it so at real
     * images alone.
     */
    public static Objective wasserstein() {
        return new Objective(
                "wasserstein",
                "Arjovsky et al. 2017, Wasserstein GAN",
                "the difference of D's means, of a D that is kept Lipschitz",
                Output.CRITIC,
                (real, fake) -> mean(fake).minus(mean(real)),
                fake -> mean(fake).negated());
    }

    /**
     * Least squares: D minimises ½ mean (D(x) − 1)² + ½ mean D(G(z))², G minimises ½ mean (D(G(z)) − 1)² (Mao et al. 2017,
     * eq. 9).
     */
    public static Objective leastSquares() {
        return new Objective(
                "least-squares",
                "Mao et al. 2017, Least Squares Generative Adversarial Networks",
                "squares of D's distance from 1 for real and from 0 for fake",
                Output.VALUE,
                target -> (real, fake) ->
                        halfSquare(real.minus(Node.constant(target))).plus(halfSquare(fake)),
                fake -> halfSquare(fake.minus(ONE)));
    }

    /** Mean −log softmax of the logits at the true class. */
    public static ClassificationLoss crossEntropy() {
        return new ClassificationLoss(
                "cross-entropy",
                "Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs",
                (logits, classWeights) ->
                        logits.logSoftmax(1).times(classWeights).sum(1).mean(0).negated());
    }

    /**
     * Mean −(t log σ(real) + (1 − t) log(1 − σ(real))) − mean log(1 − σ(fake)): with a target t below 1, labels are smoothed
     * on the side of the real images (Salimans et al. 2016, section 3.4).
     */
    private static BinaryOperator<Node> binaryCrossEntropy(double target) {
        return (real, fake) -> {
            Node hit = mean(softplus(real.negated())).times(Node.constant(target));
            Node onReal = target == 1 ? hit : hit.plus(mean(softplus(real)).times(Node.constant(1 - target)));
            return onReal.plus(mean(softplus(fake)));
        };
    }

    /** log(1 + eˣ) of logits (N, 1), as −log softmax of (0, x) at 0: without overflow, and smooth at 0. */
    private static Node softplus(Node logits) {
        Node zeros = Node.constant(0).expandLike(logits);
        return Node.concat(1, List.of(zeros, logits))
                .logSoftmax(1)
                .slice(1, 0, 1)
                .negated();
    }

    private static Node halfSquare(Node values) {
        return mean(values.times(values)).times(HALF);
    }

    private static Node mean(Node logits) {
        return logits.mean(0, 1);
    }

    private static Map<String, Objective> byName(List<Objective> objectives) {
        Map<String, Objective> byName = new LinkedHashMap<>();
        for (Objective objective : objectives) {
            if (byName.put(objective.name(), objective) != null) {
                throw new IllegalStateException("objective \"%s\" is registered twice".formatted(objective.name()));
            }
        }
        return byName;
    }
}
