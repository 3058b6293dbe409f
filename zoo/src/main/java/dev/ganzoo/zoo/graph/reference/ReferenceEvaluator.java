package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpreter;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The reference reading of a graph: plain double arithmetic by the definition of each operation, slow and without
 * surprises. Every other execution (DJL, ONNX Runtime) is compared with it, and constants are folded by it.
 *
 * <p>Stateless and thread-safe.
 */
public final class ReferenceEvaluator {
    private ReferenceEvaluator() {}

    /**
     * What an evaluation gives.
     *
     * @param outputs the value of each output by its name
     * @param updatedBuffers in training, the new value of each buffer that changed; otherwise empty
     */
    public record Evaluation(Map<String, DoubleTensor> outputs, Map<String, DoubleTensor> updatedBuffers) {
        /** The value of the only output. */
        public DoubleTensor output() {
            if (outputs.size() != 1) {
                throw new IllegalStateException("there must be one output, there are " + outputs.keySet());
            }
            return outputs.values().iterator().next();
        }
    }

    /**
     * Evaluates all outputs of {@code graph}.
     *
     * @param inputs a value for each input; the batch size is taken from them
     * @param weights a value for each parameter and buffer; others are ignored
     * @throws IllegalArgumentException if a value is missing or of another shape, if inputs differ in batch size, if two
     *     nodes change one buffer, or if batch norm is to be trained on a single value per channel
     */
    public static Evaluation evaluate(
            Graph graph, Mode mode, Map<String, DoubleTensor> inputs, Map<String, DoubleTensor> weights) {
        int batch = batchOf(graph, inputs);
        graph.states().forEach(state -> check(state, weights));
        Map<String, DoubleTensor> updated = new LinkedHashMap<>();
        ReferenceRules rules = new ReferenceRules(mode, batch, inputs, weights, updated);
        return new Evaluation(Interpreter.run(graph, rules), updated);
    }

    /** The batch size of the inputs; 1 where no input has a batch axis. */
    private static int batchOf(Graph graph, Map<String, DoubleTensor> inputs) {
        OptionalInt batch = OptionalInt.empty();
        for (Node input : graph.inputs()) {
            OptionalInt own = check(input, inputs);
            if (batch.isPresent() && own.isPresent() && batch.getAsInt() != own.getAsInt()) {
                throw new IllegalArgumentException("inputs must agree on the batch size, got %d and, from %s, %d"
                        .formatted(batch.getAsInt(), input.name(), own.getAsInt()));
            }
            batch = own.isPresent() ? own : batch;
        }
        return batch.orElse(1);
    }

    private static OptionalInt check(Node leaf, Map<String, DoubleTensor> values) {
        DoubleTensor value = values.get(leaf.name());
        if (value == null) {
            throw new IllegalArgumentException("no value for %s %s of shape %s; given: %s"
                    .formatted(leaf.op().mnemonic(), leaf.name(), leaf.shape(), values.keySet()));
        }
        try {
            return leaf.shape().batchOf(value.shape());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "value of %s %s: %s".formatted(leaf.op().mnemonic(), leaf.name(), e.getMessage()), e);
        }
    }
}
