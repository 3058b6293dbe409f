package dev.ganzoo.zoo.graph.rewrite;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** A value for each parameter and buffer: as it starts, but disturbed as training would. */
    public static Map<String, Tensor> weights(Graph graph) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Node parameter : graph.parameters()) {
            Tensor value = start(parameter, ((Op.Parameter) parameter.op()).init());
            Tensor disturbance = normal(seed(parameter) + 1, value.shape());
            for (int i = 0; i < value.size(); i++) {
                value.data()[i] += 0.2f * disturbance.data()[i];
            }
            weights.put(parameter.name(), value);
        }
        for (Node buffer : graph.buffers()) {
            boolean vector = ((Op.Buffer) buffer.op()).init() instanceof Init.UnitVector;
            int[] shape = buffer.shape().extents();
            weights.put(buffer.name(), vector ? unitVector(seed(buffer), shape[0]) : positive(seed(buffer), shape));
        }
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

    private static Tensor start(Node leaf, Init init) {
        return init.sample(leaf.shape().extents(), Randomness.of(seed(leaf)).at(0));
    }

    private static long seed(Node leaf) {
        return leaf.name().hashCode();
    }
}
