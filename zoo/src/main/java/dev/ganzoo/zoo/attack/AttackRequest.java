package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.text.ClassLookup;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * An attack on images: {@code classifier.attack(images).pgd().epsilon(8, 255).targeted("cat").run()}.
 *
 * <p>By default {@code pgd} with its usual options, untargeted, against the network's own predictions, with seed 0. Options
 * may be given before or after the attack that has them. Immutable: every option gives a new request. Safe for use by
 * several threads.
 */
public final class AttackRequest {
    private final ClassifierNetwork network;
    private final List<String> classNames;
    private final Tensor images;
    private final Attack base;
    private final Map<String, Object> options;
    private final Attack attack;
    /** Null for the attack's own. */
    private final Goal goal;
    /** Null for the network's predictions. */
    private final int[] labels;

    private final long seed;
    private final long firstIndex;
    private final int batch;
    private final AttackListener listener;

    private AttackRequest(
            ClassifierNetwork network,
            List<String> classNames,
            Tensor images,
            Attack base,
            Map<String, Object> options,
            Goal goal,
            int[] labels,
            long seed,
            long firstIndex,
            int batch,
            AttackListener listener) {
        this.network = network;
        this.classNames = classNames;
        this.images = images;
        this.base = base;
        this.options = options;
        Attack configured = base;
        for (var option : options.entrySet()) {
            configured = AttackOptions.with(configured, option.getKey(), option.getValue());
        }
        this.attack = configured;
        this.goal = goal;
        this.labels = labels;
        this.seed = seed;
        this.firstIndex = firstIndex;
        this.batch = batch;
        this.listener = listener;
    }

    /**
     * An attack on any classifier.
     *
     * @param classNames one for each class; empty to call them by their indices
     * @param images {@code (N, C, H, W)} in [0, 1], N ≥ 1, of the network's shape; kept, not copied
     * @throws InvalidRequestException if shapes or values are not so
     */
    public static AttackRequest of(ClassifierNetwork network, List<String> classNames, Tensor images) {
        InvalidRequestException.check(
                network.shape().matches(images.shape()),
                "images",
                "images must have shape (N, C, H, W) with (C, H, W) = " + network.shape(),
                Arrays.toString(images.shape()));
        for (float value : images.data()) {
            InvalidRequestException.check(
                    value >= 0 && value <= 1, "images", "images must have values in [0, 1]", value);
        }
        List<String> names = classNames.isEmpty()
                ? IntStream.range(0, network.classes())
                        .mapToObj(Integer::toString)
                        .toList()
                : List.copyOf(classNames);
        InvalidRequestException.check(
                names.size() == network.classes(),
                "classNames",
                "class names must be %d".formatted(network.classes()),
                names.size());
        return new AttackRequest(
                network,
                names,
                images,
                Attacks.named("pgd"),
                Map.of(),
                null,
                null,
                0,
                0,
                network.batch(),
                AttackListener.NONE);
    }

    /** The attack of this name; see {@link Attacks#names}. @throws InvalidRequestException if there is none */
    public AttackRequest using(String name) {
        return using(Attacks.named(name));
    }

    /** Any attack, with its own options but for those given to this request. */
    public AttackRequest using(Attack attack) {
        Objects.requireNonNull(attack, "attack");
        return copy(attack, options, goal, labels, seed, firstIndex, batch, listener);
    }

    /** {@link RandomSign}: the control. */
    public AttackRequest randomSign() {
        return using("random-sign");
    }

    /** {@link Fgsm}. */
    public AttackRequest fgsm() {
        return using("fgsm");
    }

    /** {@link Bim}. */
    public AttackRequest bim() {
        return using("bim");
    }

    /** {@link Pgd}. */
    public AttackRequest pgd() {
        return using("pgd");
    }

    /** {@link MiFgsm}. */
    public AttackRequest miFgsm() {
        return using("mi-fgsm");
    }

    /** {@link Apgd} on the cross entropy; {@code .loss(Loss.DLR)} for the other. */
    public AttackRequest apgd() {
        return using("apgd");
    }

    /** {@link ApgdTargeted}. */
    public AttackRequest apgdTargeted() {
        return using("apgd-t");
    }

    /** {@link DeepFool}. */
    public AttackRequest deepFool() {
        return using("deepfool");
    }

    /** {@link CarliniWagner}. */
    public AttackRequest carliniWagner() {
        return using("carlini-wagner");
    }

    /** {@link Square}. */
    public AttackRequest square() {
        return using("square");
    }

    /** {@link Course}. */
    public AttackRequest course() {
        return using("course");
    }

    /**
     * Any option of the attack by its name; see {@link AttackOptions#names}.
     *
     * @param value of the option's type, or as text
     * @throws InvalidRequestException if the attack has no such option, or it cannot have this value
     */
    public AttackRequest option(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(options);
        more.put(name, value);
        return copy(base, Collections.unmodifiableMap(more), goal, labels, seed, firstIndex, batch, listener);
    }

    /** The largest perturbation, in units of pixels in [0, 1]. */
    public AttackRequest epsilon(double epsilon) {
        return option("epsilon", epsilon);
    }

    /** The largest perturbation as a fraction: {@code epsilon(8, 255)}. */
    public AttackRequest epsilon(double numerator, double denominator) {
        return epsilon(numerator / denominator);
    }

    /** The largest perturbation as text: {@code "8/255"}. */
    public AttackRequest epsilon(String epsilon) {
        return epsilon(Amounts.parse("epsilon", epsilon));
    }

    /** The size of a step, in units of pixels in [0, 1]. */
    public AttackRequest step(double step) {
        return option("step", step);
    }

    /** The size of a step as a fraction: {@code step(2, 255)}. */
    public AttackRequest step(double numerator, double denominator) {
        return step(numerator / denominator);
    }

    /** How many steps. */
    public AttackRequest steps(int steps) {
        return option("steps", steps);
    }

    /** In which norm perturbations are bounded or small. */
    public AttackRequest norm(Norm norm) {
        return option("norm", norm);
    }

    /** From how many starting points. */
    public AttackRequest restarts(int restarts) {
        return option("restarts", restarts);
    }

    /** Whether to start from a random point. */
    public AttackRequest randomStart(boolean random) {
        return option("randomStart", random);
    }

    /** What increases. */
    public AttackRequest loss(Loss loss) {
        return option("loss", loss);
    }

    /** Whether an image takes no more steps once the attack on it has succeeded. */
    public AttackRequest earlyStop(boolean early) {
        return option("earlyStop", early);
    }

    /** How many queries at most for each image. */
    public AttackRequest queries(int queries) {
        return option("queries", queries);
    }

    /** To any class but the label, which is the default of most attacks. */
    public AttackRequest untargeted() {
        return goal(Goal.UNTARGETED);
    }

    /**
     * To one class, or to one for each image, by name (in any case) or index as text.
     *
     * @throws InvalidRequestException if there is no such class, or the number is neither 1 nor that of images
     */
    public AttackRequest targeted(String... classes) {
        return targeted(Arrays.stream(classes)
                .mapToInt(name -> ClassLookup.index("target", name, classNames))
                .toArray());
    }

    /** To one class, or to one for each image, by index. @see #targeted(String...) */
    public AttackRequest targeted(int... classes) {
        return goal(Goal.targeted(classes));
    }

    /** To the class after the label. */
    public AttackRequest nextClass() {
        return goal(Goal.NEXT_CLASS);
    }

    /** To the class that was least likely before. */
    public AttackRequest leastLikely() {
        return goal(Goal.LEAST_LIKELY);
    }

    /** To where {@code goal} says. @see #targeted(String...) */
    public AttackRequest goal(Goal goal) {
        if (goal instanceof Goal.Targeted targeted) {
            int[] classes =
                    targeted.classes().stream().mapToInt(Integer::intValue).toArray();
            ClassLookup.check("target", classes, network.classes());
            InvalidRequestException.check(
                    classes.length == 1 || classes.length == count(),
                    "target",
                    "targets must be one, or one for each of %d images".formatted(count()),
                    classes.length);
        }
        return copy(base, options, goal, labels, seed, firstIndex, batch, listener);
    }

    /**
     * The true classes of the images, by index.
     *
     * @throws InvalidRequestException if there are not as many as images, or there is no such class
     */
    public AttackRequest labels(int... labels) {
        InvalidRequestException.check(
                labels.length == count(), "label", "labels must be as many as images, " + count(), labels.length);
        ClassLookup.check("label", labels, network.classes());
        return copy(base, options, goal, labels.clone(), seed, firstIndex, batch, listener);
    }

    /** The true classes of the images, by name. @see #labels(int...) */
    public AttackRequest labels(String... labels) {
        return labels(Arrays.stream(labels)
                .mapToInt(name -> ClassLookup.index("label", name, classNames))
                .toArray());
    }

    /**
     * The true classes of the images, which are these of a dataset: by name where the network knows all of the dataset's
     * classes, else by index.
     */
    public AttackRequest labels(Dataset dataset, int... indices) {
        return labels(ClassNames.labels(dataset, indices, classNames));
    }

    /** The seed that everything random comes from; any value is one. */
    public AttackRequest seed(long seed) {
        return copy(base, options, goal, labels, seed, firstIndex, batch, listener);
    }

    /** The number that the first image has for randomness: image 100 alone is perturbed as it is among others. */
    public AttackRequest firstIndex(long index) {
        InvalidRequestException.check(index >= 0, "firstIndex", "first index must be at least 0", index);
        return copy(base, options, goal, labels, seed, index, batch, listener);
    }

    /** How many images at a time, at most; by default what the network takes. */
    public AttackRequest batch(int images) {
        InvalidRequestException.check(
                images >= 1 && images <= network.batch(),
                "batch",
                "batch must be in 1..%d".formatted(network.batch()),
                images);
        return copy(base, options, goal, labels, seed, firstIndex, images, listener);
    }

    /** Who is told how it goes. */
    public AttackRequest listener(AttackListener listener) {
        return copy(base, options, goal, labels, seed, firstIndex, batch, Objects.requireNonNull(listener, "listener"));
    }

    /** The attack with all options as they stand. */
    public Attack attack() {
        return attack;
    }

    /** The names of the classes. */
    public List<String> classNames() {
        return classNames;
    }

    /** The number of images. */
    public int count() {
        return images.shape()[0];
    }

    /**
     * Attacks all images, in batches.
     *
     * @throws InvalidRequestException if the attack needs gradients and the classifier has none
     */
    public AttackResult run() {
        InvalidRequestException.check(
                !attack.needsGradient() || network.differentiable(),
                "attack",
                "the model has no gradients, so that the attack must be one of " + String.join(", ", withoutGradient()),
                attack.name());
        Goal wanted = goal == null ? attack.defaultGoal() : goal;
        AttackRun run = new AttackRun(network, attack, wanted, images, labels, seed, firstIndex);
        listener.progress(0, count());
        for (int from = 0; from < count(); from += batch) {
            int to = Math.min(count(), from + batch);
            run.attack(from, to);
            listener.progress(to, count());
        }
        return run.result(classNames);
    }

    private static List<String> withoutGradient() {
        return Attacks.all().stream()
                .filter(attack -> !attack.needsGradient())
                .map(Attack::name)
                .toList();
    }

    private AttackRequest copy(
            Attack base,
            Map<String, Object> options,
            Goal goal,
            int[] labels,
            long seed,
            long firstIndex,
            int batch,
            AttackListener listener) {
        return new AttackRequest(
                network, classNames, images, base, options, goal, labels, seed, firstIndex, batch, listener);
    }
}
