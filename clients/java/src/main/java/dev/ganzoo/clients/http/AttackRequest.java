package dev.ganzoo.clients.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An attack on an image: {@code model.attack(png).pgd().epsilon("8/255").targeted("cat").run()}.
 *
 * <p>By default {@code pgd} with its usual options, untargeted, against the prediction, with seed 0. The server checks what
 * is asked. Immutable: every option gives a new request. Safe for use by several threads.
 */
public final class AttackRequest {
    private final RemoteModel model;
    private final Map<String, Object> fields;

    private AttackRequest(RemoteModel model, Map<String, Object> fields) {
        this.model = model;
        this.fields = Collections.unmodifiableMap(fields);
    }

    static AttackRequest of(RemoteModel model, Source source) {
        return new AttackRequest(model, Map.of(source.field(), source.value()));
    }

    /** The attack of this name; see {@link GanZooClient#attackNames}. */
    public AttackRequest using(String name) {
        return option("attack", name);
    }

    /** Random signs: the control. */
    public AttackRequest randomSign() {
        return using("random-sign");
    }

    /** The fast gradient sign method. */
    public AttackRequest fgsm() {
        return using("fgsm");
    }

    /** The basic iterative method. */
    public AttackRequest bim() {
        return using("bim");
    }

    /** Projected gradient descent. */
    public AttackRequest pgd() {
        return using("pgd");
    }

    /** The iterative method with momentum. */
    public AttackRequest miFgsm() {
        return using("mi-fgsm");
    }

    /** Auto-PGD on the cross entropy. */
    public AttackRequest apgd() {
        return using("apgd");
    }

    /** Auto-PGD towards each of the likeliest other classes. */
    public AttackRequest apgdTargeted() {
        return using("apgd-t");
    }

    /** The nearest boundary of the linearised network. */
    public AttackRequest deepFool() {
        return using("deepfool");
    }

    /** The smallest L2 perturbation by optimisation. */
    public AttackRequest carliniWagner() {
        return using("carlini-wagner");
    }

    /** Random search, without gradients. */
    public AttackRequest square() {
        return using("square");
    }

    /** The demonstration of a course: one step towards the next class. */
    public AttackRequest course() {
        return using("course");
    }

    /** The largest perturbation in units of pixels in [0, 1], as text: {@code "8/255"}. */
    public AttackRequest epsilon(String epsilon) {
        return option("epsilon", epsilon);
    }

    /** The largest perturbation in units of pixels in [0, 1]. */
    public AttackRequest epsilon(double epsilon) {
        return option("epsilon", epsilon);
    }

    /** The largest perturbation as a fraction: {@code epsilon(8, 255)}. */
    public AttackRequest epsilon(double numerator, double denominator) {
        return epsilon(numerator / denominator);
    }

    /** The size of a step in units of pixels in [0, 1], as text: {@code "2/255"}. */
    public AttackRequest step(String step) {
        return option("step", step);
    }

    /** How many steps. */
    public AttackRequest steps(int steps) {
        return option("steps", steps);
    }

    /** In which norm perturbations are bounded or small: {@code linf} or {@code l2}. */
    public AttackRequest norm(String norm) {
        return option("norm", norm);
    }

    /** From how many starting points. */
    public AttackRequest restarts(int restarts) {
        return option("restarts", restarts);
    }

    /** Any option of the attack by its name in the API: {@code option("random_start", false)}. */
    public AttackRequest option(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new AttackRequest(model, changed);
    }

    /** To any class but the true one, whatever the attack's own goal is. */
    public AttackRequest untargeted() {
        return option("target", "none");
    }

    /** To one class, by name (in any case) or index as text. */
    public AttackRequest targeted(String nameOrIndex) {
        return option("target", nameOrIndex);
    }

    /** To the class after the true one. */
    public AttackRequest nextClass() {
        return option("target", "next");
    }

    /** To the class that was least likely before. */
    public AttackRequest leastLikely() {
        return option("target", "least-likely");
    }

    /** The true class, by name (in any case) or index as text; otherwise what is predicted counts as true. */
    public AttackRequest label(String nameOrIndex) {
        return option("label", nameOrIndex);
    }

    /** The seed that everything random comes from; any value is one. */
    public AttackRequest seed(long seed) {
        return option("seed", seed);
    }

    /**
     * Asks the server, with the same result each time.
     *
     * @throws GanZooException if it refuses
     */
    public AttackReport run() {
        return AttackReport.of(
                Transport.json(model.ask("attack", fields, "application/json").body()));
    }

    @Override
    public String toString() {
        Map<String, Object> shown = new LinkedHashMap<>(fields);
        shown.computeIfPresent("image", (name, base64) -> "…");
        return "%s on %s".formatted(shown, model.name());
    }
}
