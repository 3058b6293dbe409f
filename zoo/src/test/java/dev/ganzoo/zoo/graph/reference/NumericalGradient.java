package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gradients by central differences of the reference reading: no rule of differentiation is involved. */
public final class NumericalGradient {
    private static final double STEP = 1e-5;

    private final Graph graph;
    private final Mode mode;
    private final Map<String, DoubleTensor> values;

    private NumericalGradient(Graph graph, Mode mode, Map<String, DoubleTensor> values) {
        this.graph = graph;
        this.mode = mode;
        this.values = values;
    }

    /**
     * The gradient of Σ output·cotangent by each input and parameter.
     *
     * @param values of inputs, parameters and buffers by name
     * @param cotangents by the names of outputs; an output without one does not count
     */
    public static Map<String, DoubleTensor> of(
            Graph graph, Mode mode, Map<String, DoubleTensor> values, Map<String, DoubleTensor> cotangents) {
        NumericalGradient function = frozen(graph, mode, values);
        Map<String, DoubleTensor> gradients = new LinkedHashMap<>();
        for (Node leaf : graph.nodes()) {
            if (leaf.op() instanceof Op.Input || leaf.op() instanceof Op.Parameter) {
                gradients.put(leaf.name(), function.by(leaf.name(), cotangents));
            }
        }
        return gradients;
    }

    /** A power iteration is a constant to the gradient: it is made beforehand, and the rest differentiated without. */
    private static NumericalGradient frozen(Graph graph, Mode mode, Map<String, DoubleTensor> values) {
        boolean iterates = graph.nodes().stream().anyMatch(node -> node.op() instanceof Op.SpectralNorm);
        if (!iterates) {
            return new NumericalGradient(graph, mode, values);
        }
        if (graph.nodes().stream().anyMatch(node -> node.op() instanceof Op.BatchNorm)) {
            throw new IllegalArgumentException(graph + " has both batch norm and spectral norm");
        }
        Map<String, DoubleTensor> after = new HashMap<>(values);
        after.putAll(ReferenceEvaluator.evaluate(graph, mode, values, values).updatedBuffers());
        return new NumericalGradient(graph, Mode.EVALUATION, after);
    }

    private DoubleTensor by(String leaf, Map<String, DoubleTensor> cotangents) {
        DoubleTensor at = values.get(leaf);
        double[] gradient = new double[at.size()];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (shifted(leaf, i, STEP, cotangents) - shifted(leaf, i, -STEP, cotangents)) / (2 * STEP);
        }
        return DoubleTensor.of(gradient, at.shape());
    }

    private double shifted(String leaf, int index, double step, Map<String, DoubleTensor> cotangents) {
        DoubleTensor at = values.get(leaf);
        double[] moved = at.data().clone();
        moved[index] += step;
        Map<String, DoubleTensor> there = new HashMap<>(values);
        there.put(leaf, DoubleTensor.of(moved, at.shape()));
        Map<String, DoubleTensor> outputs =
                ReferenceEvaluator.evaluate(graph, mode, there, there).outputs();
        double sum = 0;
        for (String name : cotangents.keySet()) {
            double[] output = outputs.get(name).data();
            for (int i = 0; i < output.length; i++) {
                sum += output[i] * cotangents.get(name).data()[i];
            }
        }
        return sum;
    }
}
