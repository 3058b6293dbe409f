package dev.ganzoo.training.loss;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a generator and a discriminator want: an objective, and terms beside it. Immutable.
 *
 * @param objective what the two want of each other
 * @param realTarget the discriminator's target on real images: 1, or less for one-sided label smoothing
 * @param terms what they want besides, each of another class and a record
 */
public record Game(Objective objective, double realTarget, List<Term> terms) {
    /** The metric that the discriminator makes small. */
    public static final String DISCRIMINATOR_LOSS = "loss/discriminator";

    /** The metric that the generator makes small. */
    public static final String GENERATOR_LOSS = "loss/generator";

    /** The metric of the discriminator's mean logit of real images. */
    public static final String REAL_SCORE = "score/real";

    /** The metric of the discriminator's mean logit of fake images. */
    public static final String FAKE_SCORE = "score/fake";

    /** The metric of overfitting by Karras et al. 2020, eq. 1: the mean sign of the logits of real images, 1 if all are. */
    public static final String REAL_SIGN = "score/real-sign";

    /** @throws IllegalArgumentException if the target is out of its range */
    public Game {
        Objects.requireNonNull(objective, "objective");
        terms = List.copyOf(terms);
        for (Term term : terms) {
            Check.that(term instanceof Record, "term %s must be a record".formatted(term.name()), term.getClass());
        }
        Check.that(realTarget > 0 && realTarget <= 1, "realTarget must be in (0, 1]", realTarget);
    }

    /** The objective alone, with penalties at hand that are off. */
    public static Game of(Objective objective) {
        return new Game(objective, 1, List.of(new R1(0), GradientPenalty.none(), Orthogonality.none()));
    }

    /** The same with this term, in the place of any other of its class. */
    public Game and(Term term) {
        List<Term> others = new ArrayList<>(terms);
        int place = 0;
        while (place < others.size() && others.get(place).getClass() != term.getClass()) {
            place++;
        }
        if (place == others.size()) {
            others.add(term);
        } else {
            others.set(place, term);
        }
        return new Game(objective, realTarget, others);
    }

    /** The same with labels of real images smoothed on their side alone (Salimans et al. 2016, section 3.4). */
    public Game realTarget(double target) {
        return new Game(objective, target, terms);
    }

    /**
     * What the discriminator makes small, with the metrics {@value #REAL_SCORE}, {@value #FAKE_SCORE} and {@value
     * #REAL_SIGN}, and {@code discriminator/<part>} where there are several parts.
     *
     * @param classes how many classes the images have
     * @throws IllegalArgumentException if the discriminator lacks an output that a term needs, naming it, or the objective
     *     has no target that could be other than 1
     */
    public Aim discriminatorAim(Graph discriminator, int classes) {
        return Aim.of("discriminator loss", discriminator, discriminator, classes, judge -> {
            Node real = judge.on(View.REAL).logit();
            Node fake = judge.on(View.FAKE).logit();
            Node adversarial = objective.discriminatorLoss().apply(realTarget).apply(real, fake);
            LinkedHashMap<String, Node> numbers =
                    sum(DISCRIMINATOR_LOSS, "discriminator/", adversarial, Term::discriminatorLoss, judge);
            numbers.put(REAL_SCORE, real.mean(0, 1));
            numbers.put(FAKE_SCORE, fake.mean(0, 1));
            numbers.put(REAL_SIGN, sign(real).mean(0, 1));
            return numbers;
        });
    }

    /** What the generator makes small, with {@code generator/<part>} where there are several parts. */
    public Aim generatorAim(Graph discriminator, Graph generator, int classes) {
        return Aim.of("generator loss", discriminator, generator, classes, judge -> {
            Node adversarial =
                    objective.generatorLoss().apply(judge.on(View.FAKE).logit());
            return sum(GENERATOR_LOSS, "generator/", adversarial, Term::generatorLoss, judge);
        });
    }

    private static Node sign(Node x) {
        Node zero = Node.constant(0);
        return x.greaterThan(zero).minus(zero.greaterThan(x));
    }

    private LinkedHashMap<String, Node> sum(
            String total, String prefix, Node adversarial, BiFunction<Term, Judge, Optional<Node>> loss, Judge judge) {
        Map<String, Node> parts = new LinkedHashMap<>();
        parts.put(prefix + objective.name(), adversarial);
        for (Term term : terms) {
            loss.apply(term, judge).ifPresent(part -> parts.put(prefix + term.name(), part));
        }
        LinkedHashMap<String, Node> numbers = new LinkedHashMap<>();
        numbers.put(total, parts.values().stream().reduce(Node::plus).orElseThrow());
        if (parts.size() > 1) {
            numbers.putAll(parts);
        }
        return numbers;
    }

    @Override
    public String toString() {
        return objective.toString();
    }
}
