package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;

/** See {@link Transformation#TURN}. */
final class Turn implements Transformation.Stage {
    private static final QuarterTurns QUARTERS = new QuarterTurns();

    @Override
    public Map<String, Shape> numbers(Shape image) {
        return QUARTERS.numbers(image);
    }

    @Override
    public Node apply(Node image, Map<String, Node> numbers) {
        return QUARTERS.apply(image, numbers);
    }

    @Override
    public Map<String, Tensor> draw(int count, Shape image, double probability, RandomGenerator random) {
        Tensor turns = Tensor.zeros(count, QuarterTurns.TURNS);
        for (int i = 0; i < count; i++) {
            boolean changed = random.nextDouble() < probability;
            int turn = random.nextInt(QuarterTurns.TURNS);
            turns.data()[i * QuarterTurns.TURNS + (changed ? turn : 0)] = 1;
        }
        return Map.of(QuarterTurns.TURN, turns);
    }
}
