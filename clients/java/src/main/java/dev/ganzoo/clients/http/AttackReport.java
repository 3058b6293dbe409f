package dev.ganzoo.clients.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an attack made of an image.
 *
 * @param attack its name
 * @param options its options as text
 * @param classes the names of the classes, which probabilities are in the order of
 * @param label the true class, given or predicted
 * @param target the class that was wanted; null for any other than the true one
 * @param before what the network made of the image before
 * @param after and after the attack
 * @param rounded and after rounding it to 8 bits, as {@link #perturbed} is
 * @param gradientEvaluations passes forward and back that it took
 * @param queries passes forward only that it took
 * @param zeroGradient whether the gradient was zero throughout: then robustness says nothing
 * @param original the image before
 * @param delta the change, so magnified that its largest is black or white around grey
 * @param perturbed the image after
 * @param figure all of these with the probabilities before and after
 */
public record AttackReport(
        String attack,
        Map<String, String> options,
        List<String> classes,
        String label,
        String target,
        Outcome before,
        Outcome after,
        Outcome rounded,
        int gradientEvaluations,
        int queries,
        boolean zeroGradient,
        Picture original,
        Picture delta,
        Picture perturbed,
        Picture figure) {

    /**
     * What the network makes of an image.
     *
     * @param prediction the likeliest class
     * @param probability of it
     * @param probabilities of all classes
     * @param leavesLabel whether the prediction is not the true class; false before the attack
     * @param leavesPrediction whether the prediction is not that from before the attack
     * @param reachesTarget whether the prediction is the target
     * @param linf the largest change of a value, in units of pixels in [0, 1]
     * @param l2 the Euclidean length of the change
     */
    public record Outcome(
            String prediction,
            double probability,
            List<Double> probabilities,
            boolean leavesLabel,
            boolean leavesPrediction,
            boolean reachesTarget,
            double linf,
            double l2) {
        /** Copies the list. */
        public Outcome {
            probabilities = List.copyOf(probabilities);
        }

        private static Outcome of(JsonNode outcome) {
            List<Double> probabilities = new ArrayList<>();
            outcome.path("probabilities").forEach(each -> probabilities.add(each.asDouble()));
            return new Outcome(
                    outcome.path("class").asText(),
                    outcome.path("probability").asDouble(),
                    probabilities,
                    outcome.path("leaves_label").asBoolean(),
                    outcome.path("leaves_prediction").asBoolean(),
                    outcome.path("reaches_target").asBoolean(),
                    outcome.path("linf").asDouble(),
                    outcome.path("l2").asDouble());
        }
    }

    /** Copies what can be changed. */
    public AttackReport {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        classes = List.copyOf(classes);
    }

    /** Whether the attack reached its goal: the target where there is one, else anything but the label. */
    public boolean succeeded() {
        return target == null ? after.leavesLabel() : after.reachesTarget();
    }

    /** The same after rounding to 8 bits. */
    public boolean succeededRounded() {
        return target == null ? rounded.leavesLabel() : rounded.reachesTarget();
    }

    static AttackReport of(JsonNode report) {
        Map<String, String> options = new LinkedHashMap<>();
        report.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        List<String> classes = new ArrayList<>();
        report.path("classes").forEach(name -> classes.add(name.asText()));
        JsonNode images = report.path("images");
        return new AttackReport(
                report.path("attack").asText(),
                options,
                classes,
                report.at("/label/class").asText(),
                report.at("/target/class").asText(null),
                Outcome.of(report.path("before")),
                Outcome.of(report.path("after")),
                Outcome.of(report.path("rounded")),
                report.path("gradient_evaluations").asInt(),
                report.path("queries").asInt(),
                report.path("zero_gradient").asBoolean(),
                Picture.of(images.path("original")),
                Picture.of(images.path("delta")),
                Picture.of(images.path("perturbed")),
                Picture.of(images.path("figure")));
    }
}
