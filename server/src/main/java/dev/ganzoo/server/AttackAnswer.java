package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.attack.Amounts;
import dev.ganzoo.zoo.attack.AttackOptions;
import dev.ganzoo.zoo.attack.AttackResult;
import dev.ganzoo.zoo.attack.AttackedImage;
import dev.ganzoo.zoo.attack.Norm;
import dev.ganzoo.zoo.attack.Outcome;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one image, as bytes of some form. */
final class AttackAnswer {
    private final ServedModel model;
    private final AttackAsked asked;
    private final AttackResult result;
    private final AttackedImage image;

    AttackAnswer(ServedModel model, AttackAsked asked, AttackResult result) {
        this.model = model;
        this.asked = asked;
        this.result = result;
        this.image = result.images().get(0);
    }

    byte[] as(Format format) {
        return format == Format.JSON ? json() : figure();
    }

    private byte[] figure() {
        return Png.encode(result.figure(0), text());
    }

    private byte[] json() {
        ObjectNode answer = Json.object();
        answer.put("model", model.name()).put("revision", model.revision());
        answer.set("source", asked.source().describe());
        answer.put("attack", result.attack().name());
        ObjectNode options = answer.putObject("options");
        options().forEach((name, value) -> options.put(Names.toApi(name), value));
        answer.put("goal", result.goal().describe(result.classNames())).put("seed", asked.seed());
        result.classNames().forEach(answer.putArray("classes")::add);
        answer.set("label", named(image.label()).put("given", asked.label() != null));
        answer.set("target", image.target() < 0 ? null : named(image.target()));
        answer.set("before", outcome(image.before()));
        answer.set("after", changed(image.after()));
        answer.set("rounded", changed(image.rounded()));
        answer.put("succeeded", image.succeeded()).put("succeeded_rounded", image.succeededRounded());
        answer.put("gradient_evaluations", image.gradientEvaluations()).put("queries", image.queries());
        answer.put("zero_gradient", image.zeroGradient());
        answer.set("images", images());
        return Json.write(answer);
    }

    /** With the ε that was left to the norm, which a reader wants to know most. */
    private Map<String, String> options() {
        Map<String, String> options = AttackOptions.values(result.attack());
        if (AttackOptions.has(result.attack(), "epsilon")) {
            Norm norm = Norm.parse(options.get("norm"));
            options.putIfAbsent("epsilon", Amounts.describe(norm.usualEpsilon()));
        }
        return options;
    }

    private ObjectNode named(int index) {
        return Json.object()
                .put("index", index)
                .put("class", result.classNames().get(index));
    }

    private ObjectNode outcome(Outcome outcome) {
        ObjectNode told = named(outcome.prediction()).put("probability", outcome.confidence());
        ArrayNode probabilities = told.putArray("probabilities");
        for (float probability : outcome.probabilities()) {
            probabilities.add(probability);
        }
        return told;
    }

    private ObjectNode changed(Outcome outcome) {
        return outcome(outcome)
                .put("leaves_label", outcome.leavesLabel())
                .put("leaves_prediction", outcome.leavesPrediction())
                .put("reaches_target", outcome.reachesTarget())
                .put("linf", outcome.linf())
                .put("l2", outcome.l2());
    }

    private ObjectNode images() {
        double largest = Norm.LINF.of(result.delta().data());
        double factor = largest == 0 ? 1 : 0.5 / largest;
        ObjectNode images = Json.object();
        images.put("original", png(result.original()));
        images.put("delta", png(magnified(result.delta(), factor)));
        images.put("delta_factor", factor);
        images.put("perturbed", png(result.perturbed()));
        result.gradientImages().ifPresent(gradient -> images.put("gradient", png(gradient)));
        images.put("figure", figure());
        return images;
    }

    private byte[] png(Tensor image) {
        return Png.encode(Pixels.image(UnitImages.toSigned(image), 0), text());
    }

    private static Tensor magnified(Tensor delta, double factor) {
        float[] magnified = new float[delta.size()];
        for (int i = 0; i < magnified.length; i++) {
            magnified[i] = (float) (0.5 + factor * delta.data()[i]);
        }
        return new Tensor(delta.shape(), magnified);
    }

    /** How the picture was made, for its file. */
    private Map<String, String> text() {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "GanZoo");
        text.put("model", model.name());
        text.put("revision", model.revision());
        text.put("attack", AttackOptions.describe(result.attack()));
        text.put("goal", result.goal().describe(result.classNames()));
        text.put("seed", Long.toString(asked.seed()));
        return text;
    }
}
