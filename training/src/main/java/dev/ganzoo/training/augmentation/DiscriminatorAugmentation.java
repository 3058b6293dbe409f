package dev.ganzoo.training.augmentation;

import dev.ganzoo.training.settings.Check;
import dev.ganzoo.training.settings.Interdependent;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How images, real and fake alike, are changed whenever the discriminator sees them, in the discriminator's and in the
 * generator's steps. With a probability of 1 this is DiffAugment (Zhao et al. 2020); with a target it is adaptive
 * (Karras et al. 2020): the probability rises while the discriminator overfits and falls while it does not. Of the
 * transformations of the latter, those are here that are exact on whole pixels, with the ranges of the former. Immutable.
 *
 * @param augment what is done, in the order in which it is done; none for no augmentation
 * @param augmentProbability of each transformation for each image, at first, in [0, 1], and above 0 if it stays
 * @param overfittingTarget where the mean sign of the discriminator's logits of real images shall be, in [0, 1); 0 for a
 *     probability that stays; published: 0.6
 * @param adaptationImages how many real images it takes for the probability to go from 0 to 1, ≥ 1; published: 500,000
 */
public record DiscriminatorAugmentation(
        List<Transformation> augment, double augmentProbability, double overfittingTarget, int adaptationImages)
        implements Interdependent {
    private static final int ADAPTATION_IMAGES = 500_000;

    /** No augmentation. */
    public static final DiscriminatorAugmentation NONE =
            new DiscriminatorAugmentation(List.of(), 1, 0, ADAPTATION_IMAGES);

    /** @throws IllegalArgumentException if a value is out of its range or makes no sense beside the others */
    public DiscriminatorAugmentation {
        augment = List.copyOf(augment);
        Check.that(
                augment.isEmpty() || EnumSet.copyOf(augment).size() == augment.size(),
                "augment must name each transformation once",
                augment);
        Check.that(
                augmentProbability >= 0 && augmentProbability <= 1,
                "augmentProbability must be in [0, 1]",
                augmentProbability);
        Check.fraction("overfittingTarget", overfittingTarget);
        Check.that(
                overfittingTarget == 0 || !augment.isEmpty(),
                "overfittingTarget must be 0 where nothing is augmented (set augment)",
                overfittingTarget);
        Check.that(
                augmentProbability > 0 || overfittingTarget > 0 || augment.isEmpty(),
                "augmentProbability must be > 0 where it stays (overfittingTarget is 0)",
                augmentProbability);
        Check.that(adaptationImages >= 1, "adaptationImages must be ≥ 1", adaptationImages);
    }

    /** DiffAugment's three: colour, translation and cutout, always. */
    public static DiscriminatorAugmentation diffAugment() {
        return new DiscriminatorAugmentation(
                List.of(Transformation.COLOR, Transformation.TRANSLATION, Transformation.CUTOUT),
                1,
                0,
                ADAPTATION_IMAGES);
    }

    /** All transformations, with a probability that starts at 0 and adapts to the published target. */
    public static DiscriminatorAugmentation adaptive() {
        return new DiscriminatorAugmentation(
                List.of(
                        Transformation.FLIP,
                        Transformation.TURN,
                        Transformation.TRANSLATION,
                        Transformation.COLOR,
                        Transformation.CUTOUT),
                0,
                0.6,
                ADAPTATION_IMAGES);
    }

    @Override
    public Map<String, String> idle() {
        Map<String, String> idle = new LinkedHashMap<>();
        if (augment.isEmpty() && augmentProbability != 1) {
            idle.put("augmentProbability", "augmentProbability must be 1 where nothing is augmented (set augment)");
        }
        if (!adapts() && adaptationImages != ADAPTATION_IMAGES) {
            idle.put(
                    "adaptationImages",
                    "adaptationImages must be %d where overfittingTarget is 0".formatted(ADAPTATION_IMAGES));
        }
        return idle;
    }

    /** Whether the probability adapts. */
    public boolean adapts() {
        return overfittingTarget > 0;
    }

    /** What is done at a probability; the graph is the same at all. */
    public Change at(double probability) {
        return augment.isEmpty() ? Change.NONE : new Pipeline(augment, probability);
    }

    private record Pipeline(List<Transformation> stages, double probability) implements Change {
        @Override
        public String name() {
            return "augmented";
        }

        @Override
        public Map<String, Shape> numbers(Shape image) {
            Map<String, Shape> numbers = new LinkedHashMap<>();
            stages.forEach(stage -> numbers.putAll(stage.numbers(image)));
            return numbers;
        }

        @Override
        public Node apply(Node image, Map<String, Node> numbers) {
            Node changed = image;
            for (Transformation stage : stages) {
                changed = stage.apply(changed, numbers);
            }
            return changed;
        }

        @Override
        public Map<String, Tensor> draw(int count, Shape image, RandomGenerator random) {
            Map<String, Tensor> numbers = new LinkedHashMap<>();
            stages.forEach(stage -> numbers.putAll(stage.draw(count, image, probability, random)));
            return numbers;
        }
    }
}
