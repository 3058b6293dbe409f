package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.training.augmentation.QuarterTurns;
import dev.ganzoo.training.augmentation.Transformation;
import dev.ganzoo.training.loss.Aim;
import dev.ganzoo.training.loss.Game;
import dev.ganzoo.training.loss.Objective;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.loss.Rotation;
import dev.ganzoo.training.loss.Term;
import dev.ganzoo.training.loss.Verdict;
import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.json.RecordJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A generator and a discriminator in turns (Goodfellow et al. 2014, algorithm 1), as a composition of values:
 *
 * <pre>{@code
 * Adversarial.of(Objectives.hinge())
 *         .and(Rotation.published())
 *         .schedule(Schedule.steps(100_000).batch(64).discriminatorSteps(2).decayToZero())
 * }</pre>
 *
 * @param game what the two want
 * @param augmentation how images are changed whenever the discriminator sees them
 * @param schedule steps, batches and learning rates
 */
public record Adversarial(Game game, DiscriminatorAugmentation augmentation, Schedule schedule) implements Procedure {
    private static final String LOSS = "loss";
    private static final String AUGMENTATION = "augmentation";
    private static final String SCHEDULE = "schedule";

    /** So that there is an image of each quarter turn in every batch. */
    private static final int LEAST_TURNED_BATCH = QuarterTurns.TURNS;

    /** @throws IllegalArgumentException if augmentation adapts to what the objective does not tell */
    public Adversarial {
        Objects.requireNonNull(game, "game");
        Objects.requireNonNull(augmentation, AUGMENTATION);
        Objects.requireNonNull(schedule, SCHEDULE);
        Objective objective = game.objective();
        Check.that(
                !augmentation.adapts() || objective.output() == Objective.Output.LOGIT,
                "overfittingTarget must be 0 with objective %s, by which the sign of the discriminator's output means nothing"
                        .formatted(objective.name()),
                augmentation.overfittingTarget());
    }

    /** An objective, with penalties and augmentation at hand that are off, and {@link Schedule#steps} of 100,000. */
    public static Adversarial of(Objective objective) {
        return new Adversarial(Game.of(objective), DiscriminatorAugmentation.NONE, Schedule.steps(100_000));
    }

    /** The same with this term, in the place of any other of its class. */
    public Adversarial and(Term term) {
        return new Adversarial(game.and(term), augmentation, schedule);
    }

    /** The same with labels of real images smoothed on their side alone. */
    public Adversarial realTarget(double target) {
        return new Adversarial(game.realTarget(target), augmentation, schedule);
    }

    /** The same with images changed whenever the discriminator sees them. */
    public Adversarial augmented(DiscriminatorAugmentation newAugmentation) {
        return new Adversarial(game, newAugmentation, schedule);
    }

    /** The same in another schedule. */
    public Adversarial schedule(Schedule newSchedule) {
        return new Adversarial(game, augmentation, newSchedule);
    }

    @Override
    public Objective objective() {
        return game.objective();
    }

    /** The settings of the objective. */
    private record Loss(String objective, double realTarget) {}

    @Override
    public Map<String, Record> sections() {
        Map<String, Record> sections = new LinkedHashMap<>();
        sections.put(SCHEDULE, schedule);
        sections.put(LOSS, new Loss(game.objective().name(), game.realTarget()));
        game.terms().forEach(term -> sections.put(term.name(), (Record) term));
        sections.put(AUGMENTATION, augmentation);
        return sections;
    }

    @Override
    public Map<String, List<String>> choices() {
        Map<String, List<String>> choices = Procedure.super.choices();
        choices.put(
                "objective",
                Stream.concat(Objectives.all().stream(), Stream.of(game.objective()))
                        .map(Objective::name)
                        .distinct()
                        .toList());
        return choices;
    }

    @Override
    public Procedure with(Function<String, ObjectNode> section) {
        Loss loss = RecordJson.read(LOSS, section.apply(LOSS), Loss.class);
        List<Term> terms = game.terms().stream()
                .map(term -> (Term) read(term.name(), section, ((Record) term).getClass()))
                .toList();
        return new Adversarial(
                new Game(objective(loss.objective()), loss.realTarget(), terms),
                read(AUGMENTATION, section, DiscriminatorAugmentation.class),
                read(SCHEDULE, section, Schedule.class));
    }

    private static <S extends Record> S read(String name, Function<String, ObjectNode> section, Class<S> type) {
        return RecordJson.read(name, section.apply(name), type);
    }

    /** The recipe's own, which need not be registered, or a registered one. */
    private Objective objective(String name) {
        return name.equals(game.objective().name()) ? game.objective() : Objectives.named(name);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A critic must be kept Lipschitz, by spectral norm or a loss of its gradient; {@link dev.ganzoo.training.loss.R1} will
     * do, though it is of the gradient at real images alone.
     */
    @Override
    public void requireFit(Networks<?> networks, int classes) {
        Graph discriminator = networks.discriminator();
        Aim discriminatorAim = game.discriminatorAim(discriminator, classes);
        Aim generatorAim = game.generatorAim(discriminator, networks.generator(), classes);
        Check.that(
                game.objective().output() != Objective.Output.CRITIC
                        || isKeptLipschitz(discriminator, discriminatorAim),
                "gradientPenalty or r1 must be > 0 with objective %s where the discriminator has no spectral norm"
                        .formatted(game.objective().name()),
                "0 for both");
        boolean turnsAreTold = Stream.of(discriminatorAim, generatorAim)
                .flatMap(aim -> aim.questions().stream())
                .anyMatch(question -> question.view().change() instanceof QuarterTurns);
        Check.that(
                !turnsAreTold || schedule.batch() >= LEAST_TURNED_BATCH,
                "batch must be ≥ %d where the discriminator tells how images were turned".formatted(LEAST_TURNED_BATCH),
                schedule.batch());
        Check.that(
                !turnsAreTold || !augmentation.augment().contains(Transformation.TURN),
                "augment must not have turn where the discriminator tells how images were turned",
                augmentation.augment());
    }

    private static boolean isKeptLipschitz(Graph discriminator, Aim discriminatorAim) {
        return discriminator.nodes().stream().anyMatch(node -> node.op() instanceof Op.SpectralNorm)
                || isAsked(Verdict.IMAGE_GRADIENT, discriminatorAim);
    }

    private static boolean isAsked(String answer, Aim aim) {
        return aim.questions().stream().anyMatch(question -> question.answers().contains(answer));
    }

    @Override
    public Map<String, String> idle(Networks<?> networks, DataSpec data) {
        Map<String, String> idle = Procedure.super.idle(networks, data);
        Graph discriminator = networks.discriminator();
        Aim discriminatorAim =
                game.discriminatorAim(discriminator, data.labels().size());
        if (discriminator.outputs().containsKey(Rotation.ROTATION_LOGITS)
                && !isAsked(Rotation.ROTATION_LOGITS, discriminatorAim)) {
            idle.put("rotationHead", "rotationHead must be false where no loss trains it, as ssgan's does");
        }
        return idle;
    }

    @Override
    public long steps(int images) {
        return schedule.steps();
    }

    @Override
    public long imagesPerStep() {
        return (long) schedule.batch() * schedule.accumulation() * schedule.discriminatorSteps();
    }

    @Override
    public OptionalInt imageSize(Networks<?> networks) {
        return OptionalInt.of(networks.generator().output().shape().extent(2));
    }

    /** Where the discriminator tells classes: how well it does. */
    @Override
    public boolean measuredOnTest(Networks<?> networks) {
        return networks.discriminator().outputs().containsKey(Verdict.CLASS_LOGITS);
    }

    @Override
    public <R> R read(Reading<R> reading) {
        return reading.adversarial(this);
    }
}
