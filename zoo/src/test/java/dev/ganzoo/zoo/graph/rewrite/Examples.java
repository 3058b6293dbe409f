package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Values for graphs, each a function of its name or seed, none of them 0 or 1 throughout as fresh networks have them. */
public final class Examples {
    private Examples() {}

    /** N(0, 1). */
    public static Tensor normal(long seed, int... shape) {
        return Init.normal(0, 1).sample(shape, Randomness.of(seed).at(0));
    }

    /** Between 0.5 and 1.5. */
    public static Tensor positive(long seed, int... shape) {
        Tensor tensor = Init.uniform(0.5).sample(shape, Randomness.of(seed).at(0));
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] += 1;
        }
        return tensor;
    }

    /** Of length 1. */
    public static Tensor unitVector(long seed, int size) {
        return Init.unitVector().sample(new int[] {size}, Randomness.of(seed).at(0));
    }

    /**
     * A value for each parameter and buffer: parameters as they start, but disturbed, and running statistics as they would
     * settle, so that activations stay in a range where rounding does not grow.
     */
    public static Map<String, Tensor> weights(Graph graph) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Node parameter : graph.parameters()) {
            weights.put(parameter.name(), disturbed(parameter, ((Op.Parameter) parameter.op()).init()));
        }
        for (Node buffer : graph.buffers()) {
            weights.put(
                    buffer.name(),
                    ((Op.Buffer) buffer.op()).init().sample(buffer.shape().extents(), generator(buffer)));
        }
        weights.putAll(settled(graph, weights));
        return weights;
    }

    /** N(0, 1) for each input, with a batch of {@code batch}. */
    public static Map<String, Tensor> inputs(Graph graph, int batch) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        graph.inputs()
                .forEach(input -> inputs.put(
                        input.name(), normal(seed(input), input.shape().at(batch))));
        return inputs;
    }

    /** Gains, biases and tables start nearly alike; kernels differ enough as they are. */
    private static Tensor disturbed(Node leaf, Init init) {
        Tensor value = init.sample(leaf.shape().extents(), generator(leaf));
        if (init instanceof Init.Constant || init instanceof Init.Normal) {
            Tensor disturbance = normal(seed(leaf) + 1, value.shape());
            for (int i = 0; i < value.size(); i++) {
                value.data()[i] += 0.2f * disturbance.data()[i];
            }
        }
        return value;
    }

    /** One training step moves running statistics by the momentum; going on the whole way gives those of the batch. */
    private static Map<String, Tensor> settled(Graph graph, Map<String, Tensor> weights) {
        Map<String, DoubleTensor> moved = ReferenceEvaluator.evaluate(
                        graph, Mode.TRAINING, DoubleTensor.of(inputs(graph, 4)), DoubleTensor.of(weights))
                .updatedBuffers();
        Map<String, Tensor> settled = new LinkedHashMap<>();
        moved.forEach((name, value) -> settled.put(name, value.toTensor()));
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.BatchNorm op) {
                for (Node statistic : node.inputs().subList(3, 5)) {
                    float[] from = weights.get(statistic.name()).data();
                    float[] to = settled.get(statistic.name()).data();
                    for (int i = 0; i < to.length; i++) {
                        to[i] = (float) (from[i] + (to[i] - from[i]) / op.momentum());
                    }
                }
            }
        }
        return settled;
    }

    private static RandomGenerator generator(Node leaf) {
        return Randomness.of(seed(leaf)).at(0);
    }

    private static long seed(Node leaf) {
        return leaf.name().hashCode();
    }
}
