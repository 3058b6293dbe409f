package dev.ganzoo.training.augmentation;

import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What augmentation of a discriminator's images may do. All are differentiable, exact on whole pixels, and leave each image
 * alone with one minus the probability given. Ranges are DiffAugment's (Zhao et al. 2020) where it has the transformation.
 */
public enum Transformation {
    /**
     * Brightness ± 0.5, then saturation × [0, 2), then contrast × [0.5, 1.5), each with the probability by itself. Saturation is
     * about an image's mean over channels, contrast about its mean over all.
     */
    COLOR(new Colours()),
    /** Left and right change places, one time in two. */
    FLIP(new Flip()),
    /** Turned by 0°, 90°, 180° or 270°; images must be square. */
    TURN(new Turn()),
    /** Moved by up to an eighth of its height and width, with zeros (the middle of the range) where nothing is. */
    TRANSLATION(new Translation()),
    /** A square of half its side set to zero, with its centre anywhere. */
    CUTOUT(new Cutout());

    private final Stage stage;

    Transformation(Stage stage) {
        this.stage = stage;
    }

    Map<String, Shape> numbers(Shape image) {
        return stage.numbers(image);
    }

    Node apply(Node image, Map<String, Node> numbers) {
        return stage.apply(image, numbers);
    }

    Map<String, Tensor> draw(int count, Shape image, double probability, RandomGenerator random) {
        return stage.draw(count, image, probability, random);
    }

    /** One transformation as a graph of an image and of numbers; names of numbers are unique among the stages. */
    interface Stage {
        Map<String, Shape> numbers(Shape image);

        Node apply(Node image, Map<String, Node> numbers);

        /** Every image takes the same draws from {@code random}, whether it is changed or not. */
        Map<String, Tensor> draw(int count, Shape image, double probability, RandomGenerator random);
    }
}
