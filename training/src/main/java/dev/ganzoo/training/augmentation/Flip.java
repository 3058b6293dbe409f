package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;

/** See {@link Transformation#FLIP}. */
final class Flip implements Transformation.Stage {
    private static final String FLIP = "flip";

    @Override
    public Map<String, Shape> numbers(Shape image) {
        return Map.of(FLIP, Shape.of(Shape.N, 1, 1, 1));
    }

    @Override
    public Node apply(Node image, Map<String, Node> numbers) {
        int columns = image.shape().extent(3);
        Node flipped = Node.apply(new Op.Slice(3, columns - 1, -1, -1), image);
        Node flip = numbers.get(FLIP);
        return image.times(Node.constant(1).minus(flip)).plus(flipped.times(flip));
    }

    @Override
    public Map<String, Tensor> draw(int count, Shape image, double probability, RandomGenerator random) {
        Tensor flips = Tensor.zeros(count, 1, 1, 1);
        for (int i = 0; i < count; i++) {
            boolean changed = random.nextDouble() < probability;
            flips.data()[i] = random.nextBoolean() && changed ? 1 : 0;
        }
        return Map.of(FLIP, flips);
    }
}
