package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A small graph around one operation, with values for its leaves.
 *
 * @param graph named after what it shows
 * @param values the kind of values that its leaves take
 * @param leastTrainingBatch the smallest batch at which training mode is defined
 */
public record OperationSample(Graph graph, Values values, int leastTrainingBatch) {
    /** Kinds of values; buffers called {@code variance} are always positive. */
    public enum Values {
        /** Standard normal. */
        NORMAL {
            @Override
            double draw(RandomGenerator random) {
                return random.nextGaussian();
            }
        },
        /** Between 0.5 and 2, far from the zeros of a divisor or a root. */
        POSITIVE {
            @Override
            double draw(RandomGenerator random) {
                return 0.5 + 1.5 * random.nextDouble();
            }
        },
        /** Up to some tens, where activations saturate. */
        WIDE {
            @Override
            double draw(RandomGenerator random) {
                return 10 * random.nextGaussian();
            }
        };

        abstract double draw(RandomGenerator random);
    }

    static OperationSample of(Graph graph) {
        return new OperationSample(graph, Values.NORMAL, 1);
    }

    OperationSample withValues(Values newValues) {
        return new OperationSample(graph, newValues, leastTrainingBatch);
    }

    OperationSample trainedFrom(int batch) {
        return new OperationSample(graph, values, batch);
    }

    /** What the sample shows. */
    public String name() {
        return graph.name();
    }

    /** Inputs by name for a batch of {@code batch}; a smaller batch is the beginning of a larger one. */
    public Map<String, Tensor> inputs(int batch) {
        return draw(graph.inputs(), batch);
    }

    /** Parameters and buffers by name. */
    public Map<String, Tensor> weights() {
        Map<String, Tensor> weights = draw(graph.parameters(), 1);
        weights.putAll(draw(graph.buffers(), 1));
        return weights;
    }

    private Map<String, Tensor> draw(List<Node> leaves, int batch) {
        Map<String, Tensor> drawn = new LinkedHashMap<>();
        for (Node leaf : leaves) {
            RandomGenerator random =
                    Randomness.of(1).forPurpose(name()).forPurpose(leaf.name()).at(0);
            Values kind = leaf.name().equals("variance") ? Values.POSITIVE : values;
            Tensor tensor = Tensor.zeros(leaf.shape().at(batch));
            for (int i = 0; i < tensor.size(); i++) {
                tensor.data()[i] = (float) kind.draw(random);
            }
            drawn.put(leaf.name(), tensor);
        }
        return drawn;
    }

    @Override
    public String toString() {
        return name();
    }
}
