package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;

/** A sample in a mode and at a batch size, with the values that the reference reading expects. */
public record OperationCase(OperationSample sample, Mode mode, int batch) {
    /** The graph to read. */
    public Graph graph() {
        return sample.graph();
    }

    /** Its inputs by name. */
    public Map<String, Tensor> inputs() {
        return sample.inputs(batch);
    }

    /** Its parameters and buffers by name. */
    public Map<String, Tensor> weights() {
        return sample.weights();
    }

    /** Its outputs and the new values of its buffers. */
    public ReferenceEvaluator.Evaluation expected() {
        return ReferenceEvaluator.evaluate(graph(), mode, DoubleTensor.of(inputs()), DoubleTensor.of(weights()));
    }

    /** For example {@code conv2d stride, training, batch of 3}. */
    @Override
    public String toString() {
        return "%s, %s, batch of %d".formatted(sample, mode == Mode.TRAINING ? "training" : "evaluation", batch);
    }
}
