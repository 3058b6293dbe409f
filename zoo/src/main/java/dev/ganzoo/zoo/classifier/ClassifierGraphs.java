package dev.ganzoo.zoo.classifier;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.gradient.Gradients;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a classifier's graph gives rise to: the gradient of an {@link Objective}, for attacks, and that of what is asked of
 * a layer, for visualisation. The names below are the contract of the networks in a model package.
 */
public final class ClassifierGraphs {
    /** The input of images, {@code (N, C, H, W)} in [0, 1]. */
    public static final String IMAGES = "image";
    /** The logits, {@code (N, K)}. */
    public static final String LOGITS = "logits";
    /** One-hot labels, {@code (N, K)}. */
    public static final String LABEL_WEIGHTS = "label_weights";
    /** One-hot targets, {@code (N, K)}. */
    public static final String TARGET_WEIGHTS = "target_weights";
    /** The weights of {@link Objective}'s losses, {@code (N, 4)}. */
    public static final String LOSS_WEIGHTS = "loss_weights";
    /** The weights of logits, {@code (N, K)}. */
    public static final String LOGIT_WEIGHTS = "logit_weights";
    /** The weights of a layer's values, {@code (N, C, H, W)} or {@code (N, F)}. */
    public static final String LINEAR_WEIGHTS = "linear_weights";
    /** The weights of the largest value of each channel, {@code (N, C)}. */
    public static final String MAX_WEIGHTS = "max_weights";
    /** The weights of the mean square of each channel, {@code (N, C)}. */
    public static final String SQUARE_WEIGHTS = "square_weights";
    /** The objective of each image, {@code (N)}. */
    public static final String OBJECTIVE = "objective";
    /** The gradient of the sum of all objectives with respect to the images, {@code (N, C, H, W)}. */
    public static final String GRADIENT = "gradient";

    private static final double TINY = 1e-12;

    /** More than any logit: takes a class out of a maximum. */
    private static final double BIG = 1e30;

    private ClassifierGraphs() {}

    /**
     * The gradient of an {@link Objective}.
     *
     * @param classifier one input {@value #IMAGES} and one output, the logits
     * @return inputs {@value #IMAGES}, {@value #LABEL_WEIGHTS}, {@value #TARGET_WEIGHTS}, {@value #LOSS_WEIGHTS},
     *     {@value #LOGIT_WEIGHTS}; outputs {@value #LOGITS}, {@value #OBJECTIVE}, {@value #GRADIENT}
     * @throws dev.ganzoo.zoo.graph.gradient.NoGradientException naming all operations that have no gradient
     */
    public static Graph gradient(Graph classifier) {
        Node logits = classifier.output();
        Node objective = objective(logits);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(LOGITS, logits);
        outputs.put(OBJECTIVE, objective);
        outputs.put(GRADIENT, gradient(classifier, objective));
        return Graph.of(classifier.name() + " gradient", outputs);
    }

    /**
     * The gradient of what is asked of a layer.
     *
     * @param classifier one input {@value #IMAGES}
     * @param layer a node of it, {@code (N, C, H, W)} or {@code (N, F)}
     * @return inputs {@value #IMAGES}, {@value #LINEAR_WEIGHTS}, {@value #MAX_WEIGHTS}, {@value #SQUARE_WEIGHTS}; outputs
     *     {@value #OBJECTIVE}, {@value #GRADIENT}
     * @throws dev.ganzoo.zoo.graph.gradient.NoGradientException naming all operations that have no gradient
     */
    public static Graph layer(Graph classifier, Node layer) {
        Shape shape = layer.shape();
        Shape channels = Shape.of(Shape.N, shape.extent(1));
        List<Integer> positions = IntStream.range(2, shape.rank()).boxed().toList();
        Node linear = layer.times(Node.input(LINEAR_WEIGHTS, shape))
                .sum(IntStream.range(1, shape.rank()).boxed().toArray(Integer[]::new));
        Node max = Node.apply(new Op.Max(positions, false), layer);
        Node square = Node.apply(new Op.Mean(positions, false), layer.times(layer));
        Node objective = linear.plus(
                        max.times(Node.input(MAX_WEIGHTS, channels)).sum(1))
                .plus(square.times(Node.input(SQUARE_WEIGHTS, channels)).sum(1));
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(OBJECTIVE, objective);
        outputs.put(GRADIENT, gradient(classifier, objective));
        return Graph.of(classifier.name() + " layer", outputs);
    }

    private static Node gradient(Graph classifier, Node objective) {
        Node images = classifier.inputs().get(0);
        return Gradients.of(objective, Node.constant(1).expandLike(objective), images);
    }

    /** The weighted sum that {@link Objective} describes; with few classes, without the losses that need more. */
    private static Node objective(Node logits) {
        int classes = logits.shape().extent(1);
        Node labels = Node.input(LABEL_WEIGHTS, logits.shape());
        Node targets = Node.input(TARGET_WEIGHTS, logits.shape());
        Node losses = Node.input(LOSS_WEIGHTS, Shape.of(Shape.N, Objective.LOSSES));
        Node atLabel = logits.times(labels).sum(1);
        Node atTarget = logits.times(targets).sum(1);
        Node[] largest = largest(logits, Math.min(classes, 4));

        Node crossEntropy = logits.logSoftmax(1).times(labels).sum(1).negated();
        Node margin = logits.minus(labels.times(Node.constant(BIG))).max(1).minus(atLabel);
        Node sum = logits.times(Node.input(LOGIT_WEIGHTS, logits.shape())).sum(1);
        sum = sum.plus(crossEntropy.times(weight(losses, 0))).plus(margin.times(weight(losses, 1)));
        if (classes >= 3) {
            Node scale = largest[0].minus(largest[2]).plus(Node.constant(TINY));
            sum = sum.plus(margin.dividedBy(scale).times(weight(losses, 2)));
        }
        Node towardsTarget = atTarget.minus(atLabel);
        if (classes >= 4) {
            Node middle = largest[2].plus(largest[3]).times(Node.constant(0.5));
            Node scale = largest[0].minus(middle).plus(Node.constant(TINY));
            sum = sum.plus(towardsTarget.dividedBy(scale).times(weight(losses, 3)));
        } else {
            // The input of targets is there whatever the number of classes.
            sum = sum.plus(towardsTarget.times(Node.constant(0)));
        }
        return sum;
    }

    /** The {@code count} largest of each row, falling: each is taken out before the next is looked for. */
    private static Node[] largest(Node logits, int count) {
        Node[] largest = new Node[count];
        Node left = logits;
        for (int i = 0; i < count; i++) {
            largest[i] = left.max(1);
            left = left.minus(left.equalTo(largest[i].reshape(Shape.N, 1)).times(Node.constant(BIG)));
        }
        return largest;
    }

    private static Node weight(Node losses, int which) {
        return losses.slice(1, which, which + 1).reshape(Shape.N);
    }
}
