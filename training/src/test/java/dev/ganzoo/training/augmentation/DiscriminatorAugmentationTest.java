package dev.ganzoo.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.gradient.Gradients;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class DiscriminatorAugmentationTest {
    private static final int COUNT = 12;
    private static final int CHANNELS = 3;
    private static final int SIDE = 16;
    private static final Shape SHAPE = Shape.of(Shape.N, CHANNELS, SIDE, SIDE);

    private final Tensor images = Init.normal(0, 0.5)
            .sample(
                    new int[] {COUNT, CHANNELS, SIDE, SIDE},
                    Randomness.of(1).forPurpose("images").at(0));

    @ParameterizedTest
    @EnumSource
    void nothingHappensAtProbabilityZero(Transformation transformation) {
        double[] changed = changed(transformation, draw(transformation, 0, 5));

        for (int i = 0; i < changed.length; i++) {
            assertThat(changed[i]).isCloseTo(images.data()[i], within(1e-7));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensIsAFunctionOfTheRandomNumbers(Transformation transformation) {
        double[] changed = changed(transformation, draw(transformation, 1, 5));

        assertThat(changed).containsExactly(changed(transformation, draw(transformation, 1, 5)));
        assertThat(changed).isNotEqualTo(changed(transformation, draw(transformation, 1, 6)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void translationMovesWholePixelsAndLeavesZeros(int seed) {
        double[] moved = changed(Transformation.TRANSLATION, draw(Transformation.TRANSLATION, 1, seed));

        for (int i = 0; i < COUNT; i++) {
            boolean found = false;
            for (int down = -2; down <= 2; down++) {
                for (int right = -2; right <= 2; right++) {
                    found |= Arrays.equals(moved(i, down, right), image(moved, i));
                }
            }
            assertThat(found).as("image %d is moved by at most an eighth", i).isTrue();
        }
        assertThat(moved).contains(0.0);
    }

    private double[] moved(int index, int down, int right) {
        double[] moved = new double[CHANNELS * SIDE * SIDE];
        for (int c = 0; c < CHANNELS; c++) {
            for (int row = Math.max(0, down); row < Math.min(SIDE, SIDE + down); row++) {
                for (int column = Math.max(0, right); column < Math.min(SIDE, SIDE + right); column++) {
                    moved[(c * SIDE + row) * SIDE + column] =
                            images.data()[((index * CHANNELS + c) * SIDE + row - down) * SIDE + column - right];
                }
            }
        }
        return moved;
    }

    @Test
    void cutoutSetsAtMostAHalfOfEachSideToZeroInAllChannels() {
        double[] cut = changed(Transformation.CUTOUT, draw(Transformation.CUTOUT, 1, 3));

        for (int i = 0; i < COUNT; i++) {
            double[] image = image(cut, i);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                boolean zero = image[pixel] == 0;
                assertThat(image[SIDE * SIDE + pixel] == 0).isEqualTo(zero);
                assertThat(image[2 * SIDE * SIDE + pixel] == 0).isEqualTo(zero);
            }
            long zeros = Arrays.stream(image).filter(value -> value == 0).count() / CHANNELS;
            assertThat(zeros).isBetween(16L, 64L);
        }
    }

    @Test
    void coloursAreAsInDiffAugment() {
        Map<String, Tensor> drawn = draw(Transformation.COLOR, 1, 9);

        double[] changed = changed(Transformation.COLOR, drawn);

        for (int i = 0; i < COUNT; i++) {
            double[] image = image(doubles(images.data()), i);
            double brightness = drawn.get("brightness").data()[i];
            double saturation = drawn.get("saturation").data()[i];
            double contrast = drawn.get("contrast").data()[i];
            assertThat(brightness).isBetween(-0.5, 0.5);
            assertThat(saturation).isBetween(0.0, 2.0);
            assertThat(contrast).isBetween(0.5, 1.5);
            Arrays.setAll(image, k -> image[k] + brightness);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                double mean = (image[pixel] + image[SIDE * SIDE + pixel] + image[2 * SIDE * SIDE + pixel]) / 3;
                for (int k = pixel; k < image.length; k += SIDE * SIDE) {
                    image[k] = (image[k] - mean) * saturation + mean;
                }
            }
            double mean = Arrays.stream(image).average().orElseThrow();
            Arrays.setAll(image, k -> (image[k] - mean) * contrast + mean);
            double[] actual = image(changed, i);
            for (int k = 0; k < image.length; k++) {
                assertThat(actual[k]).isCloseTo(image[k], within(1e-6));
            }
        }
    }

    @Test
    void quarterTurnsAreCounterclockwiseByQuartersOfTheBatch() {
        QuarterTurns turns = new QuarterTurns();
        Map<String, Tensor> drawn = turns.draw(COUNT, SHAPE, RandomGenerator.getDefault());

        double[] turned = evaluate(turns.apply(Node.input("image", SHAPE), inputs(turns.numbers(SHAPE))), drawn);

        for (int i = 0; i < COUNT; i++) {
            double[] expected = image(doubles(images.data()), i);
            for (int turn = 0; turn < i / 3; turn++) {
                expected = turnedOnce(expected);
            }
            assertThat(image(turned, i)).containsExactly(expected);
        }
    }

    /** The top right corner becomes the top left one. */
    private static double[] turnedOnce(double[] image) {
        double[] turned = new double[image.length];
        for (int c = 0; c < CHANNELS; c++) {
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    turned[(c * SIDE + row) * SIDE + column] = image[(c * SIDE + column) * SIDE + SIDE - 1 - row];
                }
            }
        }
        return turned;
    }

    @Test
    void flipsMirrorHalfOfTheImages() {
        double[] flipped = changed(Transformation.FLIP, draw(Transformation.FLIP, 1, 2));

        int mirrored = 0;
        for (int i = 0; i < COUNT; i++) {
            double[] image = image(doubles(images.data()), i);
            double[] mirror = new double[image.length];
            Arrays.setAll(mirror, k -> image[k / SIDE * SIDE + SIDE - 1 - k % SIDE]);
            double[] actual = image(flipped, i);
            assertThat(Arrays.equals(actual, image) || Arrays.equals(actual, mirror))
                    .isTrue();
            mirrored += Arrays.equals(actual, mirror) ? 1 : 0;
        }
        assertThat(mirrored).isBetween(2, 10);
    }

    @Test
    void gradientsPassThroughAllOfItAtOnce() {
        Change change = DiscriminatorAugmentation.adaptive().at(1);
        Node image = Node.input("image", SHAPE);
        Node changed = change.apply(image, inputs(change.numbers(SHAPE)));
        Node weights = Node.constant(Init.normal(0, 1)
                .sample(new int[] {CHANNELS, SIDE, SIDE}, Randomness.of(2).at(0)));
        Node sum = changed.times(weights).sum(0, 1, 2, 3);
        Map<String, Tensor> drawn = change.draw(COUNT, SHAPE, Randomness.of(3).at(0));
        double[] gradient = evaluate(Gradients.of(sum, Node.constant(1), image), drawn);

        for (int place : new int[] {0, 700, 2_000, 5_555, 9_000}) {
            double value = images.data()[place];
            images.data()[place] = (float) value + 0.5f;
            double above = evaluate(sum, drawn)[0];
            images.data()[place] = (float) value - 0.5f;
            double below = evaluate(sum, drawn)[0];
            images.data()[place] = (float) value;
            assertThat(gradient[place]).isCloseTo(above - below, within(1e-5));
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiscriminatorAugmentation(List.of(), 1, 0.6, 1))
                .withMessage("overfittingTarget must be 0 where nothing is augmented (set augment), got 0.6");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new DiscriminatorAugmentation(List.of(Transformation.FLIP, Transformation.FLIP), 1, 0, 1))
                .withMessage("augment must name each transformation once, got [FLIP, FLIP]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiscriminatorAugmentation(List.of(), 1.5, 0, 1))
                .withMessage("augmentProbability must be in [0, 1], got 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiscriminatorAugmentation(List.of(Transformation.FLIP), 0, 0, 1))
                .withMessage("augmentProbability must be > 0 where it stays (overfittingTarget is 0), got 0.0");
    }

    private static Map<String, Tensor> draw(Transformation transformation, double probability, int seed) {
        return transformation.draw(
                COUNT, SHAPE, probability, Randomness.of(seed).at(0));
    }

    private double[] changed(Transformation transformation, Map<String, Tensor> drawn) {
        Node image = Node.input("image", SHAPE);
        return evaluate(transformation.apply(image, inputs(transformation.numbers(SHAPE))), drawn);
    }

    private static Map<String, Node> inputs(Map<String, Shape> numbers) {
        Map<String, Node> inputs = new LinkedHashMap<>();
        numbers.forEach((name, shape) -> inputs.put(name, Node.input(name, shape)));
        return inputs;
    }

    private double[] evaluate(Node node, Map<String, Tensor> drawn) {
        Map<String, Tensor> inputs = new HashMap<>(drawn);
        inputs.put("image", images);
        return ReferenceEvaluator.evaluate(
                        Graph.of("changed", "changed", node), Mode.TRAINING, DoubleTensor.of(inputs), Map.of())
                .output()
                .data();
    }

    private static double[] image(double[] all, int index) {
        int size = CHANNELS * SIDE * SIDE;
        return Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
