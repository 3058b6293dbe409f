package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The accuracy of a classifier over a dataset under several attacks of several sizes.
 *
 * <p>By default under random signs, FGSM and PGD (random signs and Square where there are no gradients), ε of 0, 2/255,
 * 4/255 and 8/255 in {@link Norm#LINF}, all images, seed 0. An attack without ε runs once; at each ε it counts where its
 * perturbation is no larger. Immutable: every option gives a new request.
 */
public final class RobustnessRequest {
    private final ClassifierNetwork network;
    private final String model;
    private final List<String> classNames;
    private final Dataset dataset;
    private final List<Attack> attacks;
    private final List<Double> epsilons;
    private final Norm norm;
    private final long seed;
    private final RobustnessListener listener;

    private RobustnessRequest(
            ClassifierNetwork network,
            String model,
            List<String> classNames,
            Dataset dataset,
            List<Attack> attacks,
            List<Double> epsilons,
            Norm norm,
            long seed,
            RobustnessListener listener) {
        this.network = network;
        this.model = model;
        this.classNames = classNames;
        this.dataset = dataset;
        this.attacks = attacks;
        this.epsilons = epsilons;
        this.norm = norm;
        this.seed = seed;
        this.listener = listener;
    }

    /**
     * An evaluation of any classifier. Where the network knows all classes of the dataset by name (in any case), they are
     * matched by name, else by index.
     *
     * @param model its name, for the report
     * @param classNames one for each class of the network
     * @throws InvalidRequestException if the dataset's images or classes are not the network's
     */
    public static RobustnessRequest of(
            ClassifierNetwork network, String model, List<String> classNames, Dataset dataset) {
        ImageShape shape = new ImageShape(dataset.channels(), dataset.height(), dataset.width());
        InvalidRequestException.check(
                shape.equals(network.shape()),
                "data",
                "images of dataset %s must be %s, as model \"%s\" takes them"
                        .formatted(dataset.name(), network.shape(), model),
                shape);
        InvalidRequestException.check(
                dataset.classNames().size() == network.classes()
                        || ClassNames.areAmong(dataset.classNames(), classNames),
                "data",
                "dataset %s must have the %d classes of model \"%s\", or some by their names"
                        .formatted(dataset.name(), network.classes(), model),
                dataset.classNames().size());
        List<Attack> usual = network.differentiable()
                ? List.of(Attacks.named("random-sign"), Attacks.named("fgsm"), Attacks.named("pgd"))
                : List.of(Attacks.named("random-sign"), Attacks.named("square"));
        return new RobustnessRequest(
                network,
                model,
                List.copyOf(classNames),
                dataset,
                usual,
                List.of(0.0, 2 / 255.0, 4 / 255.0, 8 / 255.0),
                Norm.LINF,
                0,
                RobustnessListener.NONE);
    }

    /** These attacks, by name, with their usual options. @throws InvalidRequestException if there is no such attack */
    public RobustnessRequest attacks(String... names) {
        return attacks(Arrays.stream(names).map(Attacks::named).toArray(Attack[]::new));
    }

    /**
     * An option of the attacks so far that have it.
     *
     * @param value of the option's type, or as text
     * @throws InvalidRequestException if none has it, or it cannot have this value
     */
    public RobustnessRequest option(String name, Object value) {
        InvalidRequestException.check(
                attacks.stream().anyMatch(attack -> AttackOptions.has(attack, name)),
                name,
                "options must be those of an attack, of " + AttackOptions.names(attacks),
                name);
        return attacks(attacks.stream()
                .map(attack -> AttackOptions.has(attack, name) ? AttackOptions.with(attack, name, value) : attack)
                .toArray(Attack[]::new));
    }

    /** These attacks with their options, but for norm and ε, which are this evaluation's. */
    public RobustnessRequest attacks(Attack... attacks) {
        InvalidRequestException.check(attacks.length > 0, "attacks", "attacks must be at least one", "none");
        return copy(dataset, List.of(attacks), epsilons, norm, seed, listener);
    }

    /** These sizes, in units of pixels in [0, 1]. */
    public RobustnessRequest epsilons(double... epsilons) {
        InvalidRequestException.check(epsilons.length > 0, "epsilon", "epsilons must be at least one", "none");
        List<Double> sorted =
                Arrays.stream(epsilons).sorted().distinct().boxed().toList();
        return copy(dataset, attacks, sorted, norm, seed, listener);
    }

    /** These sizes, as text: {@code "2/255"}. */
    public RobustnessRequest epsilons(String... epsilons) {
        return epsilons(Arrays.stream(epsilons)
                .mapToDouble(text -> Amounts.parse("epsilon", text))
                .toArray());
    }

    /** In which norm ε is measured. */
    public RobustnessRequest norm(Norm norm) {
        return copy(dataset, attacks, epsilons, norm, seed, listener);
    }

    /** Only the first images. @throws InvalidRequestException if {@code count} is less than 1 */
    public RobustnessRequest limit(int count) {
        InvalidRequestException.check(count >= 1, "limit", "limit must be at least 1", count);
        return copy(dataset.limit(count), attacks, epsilons, norm, seed, listener);
    }

    /** The seed that everything random comes from; any value is one. */
    public RobustnessRequest seed(long seed) {
        return copy(dataset, attacks, epsilons, norm, seed, listener);
    }

    /** Who is told how it goes. */
    public RobustnessRequest listener(RobustnessListener listener) {
        return copy(dataset, attacks, epsilons, norm, seed, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Attacks all images in every way asked for.
     *
     * @throws InvalidRequestException if an attack cannot be what is asked of it
     */
    public RobustnessReport run() {
        List<Run> runs = runs();
        int total = Math.multiplyExact(runs.size(), dataset.size());
        int done = 0;
        double clean = 0;
        List<RobustnessReport.Row> rows = new ArrayList<>();
        for (Run run : runs) {
            for (int from = 0; from < dataset.size(); from += network.batch()) {
                listener.progress(run.toString(), done, total);
                int to = Math.min(dataset.size(), from + network.batch());
                for (AttackedImage image : attacked(run.attack(), from, to)) {
                    run.tallies().forEach(tally -> tally.add(image));
                }
                done += to - from;
            }
            clean = run.tallies().get(0).cleanAccuracy();
            run.tallies().forEach(tally -> rows.add(tally.row(run.attack())));
        }
        listener.progress(runs.get(runs.size() - 1).toString(), done, total);
        return new RobustnessReport(protocol(), clean, rows);
    }

    /** One pass over the dataset, judged at one ε or, for an attack without ε, at all. */
    private record Run(Attack attack, List<Tally> tallies) {
        @Override
        public String toString() {
            return tallies.size() == 1 ? attack.name() + " " + tallies.get(0).epsilonText() : attack.name();
        }
    }

    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Attack attack : attacks) {
            InvalidRequestException.check(
                    !attack.needsGradient() || network.differentiable(),
                    "attacks",
                    "model \"%s\" has no gradients, so that attacks must need none".formatted(model),
                    attack.name());
            Attack measured = AttackOptions.has(attack, "norm") ? AttackOptions.with(attack, "norm", norm) : attack;
            if (AttackOptions.has(attack, "epsilon")) {
                epsilons.forEach(epsilon -> runs.add(new Run(
                        AttackOptions.with(measured, "epsilon", epsilon), List.of(new Tally(epsilon, norm, true)))));
            } else {
                runs.add(new Run(
                        measured,
                        epsilons.stream()
                                .map(epsilon -> new Tally(epsilon, norm, false))
                                .toList()));
            }
        }
        return runs;
    }

    private List<AttackedImage> attacked(Attack attack, int from, int to) {
        int[] indices = IntStream.range(from, to).toArray();
        Tensor images = dataset.unitImages(indices);
        return AttackRequest.of(network, classNames, images)
                .labels(ClassNames.labels(dataset, indices, classNames))
                .using(attack)
                .seed(seed)
                .firstIndex(from)
                .run()
                .images();
    }

    private RobustnessReport.Protocol protocol() {
        return new RobustnessReport.Protocol(
                model, dataset.name(), dataset.split().toString(), dataset.size(), norm.toString(), seed);
    }

    private RobustnessRequest copy(
            Dataset dataset,
            List<Attack> attacks,
            List<Double> epsilons,
            Norm norm,
            long seed,
            RobustnessListener listener) {
        return new RobustnessRequest(network, model, classNames, dataset, attacks, epsilons, norm, seed, listener);
    }
}
