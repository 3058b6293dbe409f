package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;

/** See {@link Transformation#CUTOUT}. */
final class Cutout implements Transformation.Stage {
    private static final String KEPT = "kept";

    @Override
    public Map<String, Shape> numbers(Shape image) {
        return Map.of(KEPT, Shape.of(Shape.N, 1, image.extent(2), image.extent(3)));
    }

    @Override
    public Node apply(Node image, Map<String, Node> numbers) {
        return image.times(numbers.get(KEPT));
    }

    @Override
    public Map<String, Tensor> draw(int count, Shape image, double probability, RandomGenerator random) {
        int height = image.extent(2);
        int width = image.extent(3);
        Tensor kept = Tensor.zeros(count, 1, height, width);
        Arrays.fill(kept.data(), 1);
        for (int i = 0; i < count; i++) {
            boolean changed = random.nextDouble() < probability;
            int[] rows = cut(height, random);
            int[] columns = cut(width, random);
            for (int row = rows[0]; changed && row < rows[1]; row++) {
                int start = (i * height + row) * width;
                Arrays.fill(kept.data(), start + columns[0], start + columns[1], 0);
            }
        }
        return Map.of(KEPT, kept);
    }

    /** From and to of a half of {@code extent} around a random place; what reaches beyond the edge is lost. */
    private static int[] cut(int extent, RandomGenerator random) {
        int half = (extent + 1) / 2;
        int from = random.nextInt(extent + 1 - half % 2) - half / 2;
        return new int[] {Math.max(0, from), Math.min(extent, from + half)};
    }
}
