package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** See {@link Transformation#TRANSLATION}: products with matrices of zeros and ones, one for rows and one for columns. */
final class Translation implements Transformation.Stage {
    private static final String ROWS = "rows";
    private static final String COLUMNS = "columns";
    private static final double PART = 0.125;

    @Override
    public Map<String, Shape> numbers(Shape image) {
        Map<String, Shape> numbers = new LinkedHashMap<>();
        numbers.put(ROWS, Shape.of(Shape.N, 1, image.extent(2), image.extent(2)));
        numbers.put(COLUMNS, Shape.of(Shape.N, 1, image.extent(3), image.extent(3)));
        return numbers;
    }

    @Override
    public Node apply(Node image, Map<String, Node> numbers) {
        return numbers.get(ROWS).matMul(image).matMul(numbers.get(COLUMNS));
    }

    @Override
    public Map<String, Tensor> draw(int count, Shape image, double probability, RandomGenerator random) {
        int height = image.extent(2);
        int width = image.extent(3);
        Tensor rows = Tensor.zeros(count, 1, height, height);
        Tensor columns = Tensor.zeros(count, 1, width, width);
        for (int i = 0; i < count; i++) {
            boolean changed = random.nextDouble() < probability;
            int down = shift(height, random);
            int right = shift(width, random);
            fill(rows, i, height, changed ? -down : 0);
            fill(columns, i, width, changed ? right : 0);
        }
        Map<String, Tensor> numbers = new LinkedHashMap<>();
        numbers.put(ROWS, rows);
        numbers.put(COLUMNS, columns);
        return numbers;
    }

    private static int shift(int extent, RandomGenerator random) {
        int most = (int) (extent * PART + 0.5);
        return random.nextInt(2 * most + 1) - most;
    }

    /** Ones at (k, k + offset) of matrix {@code index}. */
    private static void fill(Tensor matrices, int index, int extent, int offset) {
        for (int k = Math.max(0, -offset); k < Math.min(extent, extent - offset); k++) {
            matrices.data()[(index * extent + k) * extent + k + offset] = 1;
        }
    }
}
