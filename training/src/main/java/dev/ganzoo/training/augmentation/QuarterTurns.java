package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The four turns of a self-supervised GAN (Chen et al. 2019): the first quarter of the batch stays, the others are turned
 * counterclockwise by 90°, 180° and 270°. Which turn it was is {@value #TURN} (N, 4), one-hot. Images must be square.
 */
public record QuarterTurns() implements Change {
    /** The number by which an image is turned. */
    public static final String TURN = "turn";

    /** How many turns there are. */
    public static final int TURNS = 4;

    @Override
    public String name() {
        return "turned";
    }

    @Override
    public Map<String, Shape> numbers(Shape image) {
        return Map.of(TURN, Shape.of(Shape.N, TURNS));
    }

    @Override
    public Node apply(Node image, Map<String, Node> numbers) {
        Node turned = image;
        Node sum = null;
        for (int turn = 0; turn < TURNS; turn++) {
            Node chosen = numbers.get(TURN).slice(1, turn, turn + 1).reshape(Shape.N, 1, 1, 1);
            Node part = turned.times(chosen);
            sum = sum == null ? part : sum.plus(part);
            turned = quarter(turned);
        }
        return sum;
    }

    /** Counterclockwise by 90°: rows become columns, then up and down change places. */
    static Node quarter(Node image) {
        Node transposed = image.transpose(0, 1, 3, 2);
        int rows = transposed.shape().extent(2);
        return Node.apply(new Op.Slice(2, rows - 1, -1, -1), transposed);
    }

    @Override
    public Map<String, Tensor> draw(int count, Shape image, RandomGenerator random) {
        Tensor turns = Tensor.zeros(count, TURNS);
        for (int i = 0; i < count; i++) {
            turns.data()[i * TURNS + (int) ((long) i * TURNS / count)] = 1;
        }
        return Map.of(TURN, turns);
    }
}
