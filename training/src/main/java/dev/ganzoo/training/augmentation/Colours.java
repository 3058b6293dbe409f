package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** See {@link Transformation#COLOR}. */
final class Colours implements Transformation.Stage {
    private static final String BRIGHTNESS = "brightness";
    private static final String SATURATION = "saturation";
    private static final String CONTRAST = "contrast";

    @Override
    public Map<String, Shape> numbers(Shape image) {
        Map<String, Shape> numbers = new LinkedHashMap<>();
        for (String name : List.of(BRIGHTNESS, SATURATION, CONTRAST)) {
            numbers.put(name, Shape.of(Shape.N, 1, 1, 1));
        }
        return numbers;
    }

    @Override
    public Node apply(Node image, Map<String, Node> numbers) {
        Node bright = image.plus(numbers.get(BRIGHTNESS));
        Node saturated = awayFrom(mean(bright, 1), bright, numbers.get(SATURATION));
        return awayFrom(mean(saturated, 1, 2, 3), saturated, numbers.get(CONTRAST));
    }

    private static Node mean(Node image, Integer... axes) {
        return Node.apply(new Op.Mean(List.of(axes), true), image);
    }

    private static Node awayFrom(Node mean, Node image, Node factor) {
        return image.minus(mean).times(factor).plus(mean);
    }

    @Override
    public Map<String, Tensor> draw(int count, Shape image, double probability, RandomGenerator random) {
        Map<String, Tensor> numbers = new LinkedHashMap<>();
        numbers.put(BRIGHTNESS, uniform(-0.5, 0.5, 0, count, probability, random));
        numbers.put(SATURATION, uniform(0, 2, 1, count, probability, random));
        numbers.put(CONTRAST, uniform(0.5, 1.5, 1, count, probability, random));
        return numbers;
    }

    private static Tensor uniform(
            double least, double most, double otherwise, int count, double probability, RandomGenerator random) {
        Tensor values = Tensor.zeros(count, 1, 1, 1);
        for (int i = 0; i < count; i++) {
            boolean changed = random.nextDouble() < probability;
            double value = least + (most - least) * random.nextDouble();
            values.data()[i] = (float) (changed ? value : otherwise);
        }
        return values;
    }
}
