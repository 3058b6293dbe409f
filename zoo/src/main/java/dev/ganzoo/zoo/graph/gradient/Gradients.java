package dev.ganzoo.zoo.graph.gradient;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The differentiation of a graph, as a graph: reverse-mode, one vector-Jacobian product for each operation on the way
 * ({@link VjpRules}), so that a gradient can be written to ONNX, rewritten, or run in DJL like any other graph.
 *
 * <p>The meaning is that of evaluation, unless another mode is asked for: in evaluation, batch norm uses its running
 * statistics; in training those of the batch, whose images then share gradients. In both, spectral norm's vectors are
 * constants. An operation without a rule matters only where a value that depends on what is differentiated enters it.
 */
public final class Gradients {
    private final Set<Node> dependent;
    private final Map<Node, Node> accumulated = new IdentityHashMap<>();
    private final List<String> missing = new ArrayList<>();

    private final Mode mode;

    private Gradients(Set<Node> dependent, Mode mode) {
        this.dependent = dependent;
        this.mode = mode;
    }

    /**
     * ∂⟨cotangent, output⟩ / ∂x.
     *
     * @param cotangent a value of the shape of {@code output}; with ones, the gradient of the sum of the output
     * @return a node of the shape of {@code x}, zeros if the output does not depend on it
     * @throws NoGradientException if an operation on the way has no rule, naming all of them
     */
    public static Node of(Node output, Node cotangent, Node x) {
        return of(output, cotangent, x, Mode.EVALUATION);
    }

    /** The same of a network that runs in {@code mode}. */
    public static Node of(Node output, Node cotangent, Node x, Mode mode) {
        return of(Map.of(output, cotangent), List.of(x), mode).get(0);
    }

    /**
     * ∂ Σ ⟨cotangent, output⟩ / ∂x for each x, the sum being over all outputs.
     *
     * @param cotangents for each output, a value of its shape
     * @throws NoGradientException if an operation on the way has no rule, naming all of them
     */
    public static List<Node> of(Map<Node, Node> cotangents, List<Node> xs) {
        return of(cotangents, xs, Mode.EVALUATION);
    }

    private static List<Node> of(Map<Node, Node> cotangents, List<Node> xs, Mode mode) {
        cotangents.forEach((output, cotangent) -> {
            if (!cotangent.shape().equals(output.shape())) {
                throw new IllegalArgumentException(
                        "the cotangent of %s must have its shape, got %s".formatted(output, cotangent.shape()));
            }
        });
        Map<String, Node> outputs = new LinkedHashMap<>();
        cotangents.keySet().forEach(output -> outputs.put("output" + outputs.size(), output));
        Graph graph = Graph.of("differentiated", outputs);
        Gradients gradients = new Gradients(dependentOn(xs, graph.nodes()), mode);
        cotangents.forEach(gradients::accumulate);
        gradients.propagate(graph);
        return xs.stream().map(gradients::gradient).toList();
    }

    private static Set<Node> dependentOn(List<Node> xs, List<Node> nodes) {
        Set<Node> dependent = Collections.newSetFromMap(new IdentityHashMap<>());
        dependent.addAll(xs);
        for (Node node : nodes) {
            if (node.inputs().stream().anyMatch(dependent::contains)) {
                dependent.add(node);
            }
        }
        return dependent;
    }

    private void propagate(Graph graph) {
        List<Node> nodes = new ArrayList<>(graph.nodes());
        Collections.reverse(nodes);
        for (Node node : nodes) {
            Node gradient = accumulated.get(node);
            if (gradient != null && !node.inputs().isEmpty()) {
                propagate(graph, node, gradient);
            }
        }
        if (!missing.isEmpty()) {
            throw new NoGradientException(missing);
        }
    }

    private void propagate(Graph graph, Node node, Node gradient) {
        List<Supplier<Node>> partials = node.op().read(new VjpRules(gradient, mode), node, List.of());
        for (int i = 0; i < partials.size(); i++) {
            Node input = node.input(i);
            if (!dependent.contains(input)) {
                continue;
            }
            Supplier<Node> partial = partials.get(i);
            if (partial == VjpRules.NONE) {
                missing.add("%s (%s) in its input %s"
                        .formatted(graph.nameOf(node), node.op().mnemonic(), i));
            } else if (partial != VjpRules.ZERO) {
                accumulate(input, partial.get());
            }
        }
    }

    private void accumulate(Node node, Node gradient) {
        if (dependent.contains(node)) {
            accumulated.merge(node, reduced(gradient, node.shape()), Node::plus);
        }
    }

    private Node gradient(Node x) {
        Node gradient = accumulated.get(x);
        return gradient != null ? gradient : Node.constant(0).expandLike(x);
    }

    /** The sum over all that broadcasting has repeated. */
    static Node reduced(Node gradient, Shape shape) {
        Shape from = gradient.shape();
        if (from.equals(shape)) {
            return gradient;
        }
        int added = from.rank() - shape.rank();
        List<Integer> repeated = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            if (axis < added || shape.extent(axis - added) != from.extent(axis)) {
                repeated.add(axis);
            }
        }
        Node sum = repeated.isEmpty() ? gradient : Node.apply(new Op.Sum(repeated, false), gradient);
        return sum.shape().equals(shape) ? sum : Node.apply(new Op.Reshape(shape), sum);
    }
}
