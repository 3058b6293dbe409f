package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A change of images at random before the discriminator sees them. What is done is a graph, so that gradients flow through
 * it to the generator; the random numbers are inputs of it. Implementations are immutable values, equal if they do the same.
 */
public interface Change {
    /** What it does, in a word, for example {@code turned}; unique among the changes of a recipe. */
    String name();

    /** The shape of each random number for a batch of images of {@code image} (N, C, H, W), by name. */
    Map<String, Shape> numbers(Shape image);

    /** The images (N, C, H, W) changed by the {@code numbers}. */
    Node apply(Node image, Map<String, Node> numbers);

    /** Random numbers for {@code count} images of the shape {@code image} (N, C, H, W), by the names of {@link #numbers}. */
    Map<String, Tensor> draw(int count, Shape image, RandomGenerator random);

    /** No change. */
    Change NONE = new Change() {
        @Override
        public String name() {
            return "";
        }

        @Override
        public Map<String, Shape> numbers(Shape image) {
            return Map.of();
        }

        @Override
        public Node apply(Node image, Map<String, Node> numbers) {
            return image;
        }

        @Override
        public Map<String, Tensor> draw(int count, Shape image, RandomGenerator random) {
            return Map.of();
        }
    };
}
