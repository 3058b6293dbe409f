package dev.ganzoo.training.loss;

import dev.ganzoo.zoo.architecture.ClassHead;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the discriminator says of one view, and what is known of these images, as inputs of a loss. */
public final class Verdict {
    /** The discriminator's output that is high for real images. */
    public static final String LOGIT = "logit";

    /** The discriminator's output of one logit a class. */
    public static final String CLASS_LOGITS = ClassHead.OUTPUT;

    /** The one-hot rows of classes that go with images. */
    public static final String CLASS_WEIGHTS = "class_weights";

    /** The gradient of the discriminator's logits by its images, which any discriminator can give. */
    public static final String IMAGE_GRADIENT = "image_gradient";

    private static final String IMAGE = "image";

    private final View view;
    private final Graph discriminator;
    private final int classes;
    private final Map<String, Node> answers = new LinkedHashMap<>();

    Verdict(View view, Graph discriminator, int classes) {
        this.view = view;
        this.discriminator = discriminator;
        this.classes = classes;
    }

    /** The logits (N, 1), high for real. */
    public Node logit() {
        return output(LOGIT);
    }

    /**
     * Any output of the discriminator.
     *
     * @throws IllegalArgumentException if it has none of this name
     */
    public Node output(String name) {
        Node output = discriminator.outputs().get(name);
        if (output == null) {
            throw new IllegalArgumentException("discriminator must have an output \"%s\", has %s"
                    .formatted(name, String.join(", ", discriminator.outputs().keySet())));
        }
        return answer(name, output.shape());
    }

    /** The classes of these images, one-hot rows (N, classes). */
    public Node classWeights() {
        return answer(CLASS_WEIGHTS, Shape.of(Shape.N, classes));
    }

    /**
     * Mean −log softmax of the output {@value #CLASS_LOGITS} at the images' classes. The output may have one logit more,
     * after the others, for what is in no class (Odena 2016).
     *
     * @throws IllegalArgumentException if the discriminator has no such output
     */
    public Node classLoss() {
        Node logits = output(CLASS_LOGITS);
        int others = logits.shape().extent(1) - classes;
        Node wanted = others == 0 ? classWeights() : classWeights().pad(1, 0, others);
        return Objectives.crossEntropy().loss().apply(logits, wanted);
    }

    /** The gradient of the sum of the logits by the images: a row for each image, of its shape (N, C, H, W). */
    public Node imageGradient() {
        return answer(IMAGE_GRADIENT, image().shape());
    }

    /** A random number that the view's change has drawn. */
    public Node drawn(String name) {
        return answer(name, view.change().numbers(image().shape()).get(name));
    }

    private Node image() {
        return discriminator.inputs().stream()
                .filter(input -> input.name().equals(IMAGE))
                .findFirst()
                .orElseThrow();
    }

    private Node answer(String name, Shape shape) {
        return answers.computeIfAbsent(name, asked -> Node.input(inputName(asked), shape));
    }

    /** Which images this is about. */
    View view() {
        return view;
    }

    /** The names of all answers asked for. */
    Set<String> asked() {
        return Set.copyOf(answers.keySet());
    }

    private String inputName(String answer) {
        return Aim.input(view, answer);
    }
}
