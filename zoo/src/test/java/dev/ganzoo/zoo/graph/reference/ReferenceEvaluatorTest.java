package dev.ganzoo.zoo.graph.reference;

import static dev.ganzoo.zoo.graph.reference.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator.Evaluation;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every operation on numbers small enough to work out by hand. */
@Tag("pure")
class ReferenceEvaluatorTest {
    private static final Extent ONE = Extent.square(1);
    private static final Extent NONE = Extent.square(0);
    private static final Node NINE = image(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    @Test
    void elementwise() {
        Node row = constant(new int[] {2}, 1, 4);
        Node column = constant(new int[] {2, 1}, 10, 20);

        assertValue(row.plus(column), new int[] {2, 2}, 11, 14, 21, 24);
        assertValue(row.minus(column), new int[] {2, 2}, -9, -6, -19, -16);
        assertValue(row.times(column), new int[] {2, 2}, 10, 40, 20, 80);
        assertValue(row.dividedBy(column), new int[] {2, 2}, 0.1, 0.4, 0.05, 0.2);
        assertValue(row.sqrt(), new int[] {2}, 1, 2);
        assertValue(constant(new int[] {3}, -2, 0, 3).relu(), new int[] {3}, 0, 0, 3);
        assertValue(constant(new int[] {2}, 0, 1).tanh(), new int[] {2}, 0, Math.tanh(1));
        assertValue(Node.constant(3).negated(), new int[] {}, -3);
    }

    @Test
    void sumsAndMeans() {
        Node x = constant(new int[] {2, 3}, 1, 2, 3, 4, 5, 6);

        assertValue(x.sum(0), new int[] {3}, 5, 7, 9);
        assertValue(x.sum(1), new int[] {2}, 6, 15);
        assertValue(x.sum(1, 0), new int[] {}, 21);
        assertValue(Node.apply(new Op.Sum(List.of(1), true), x), new int[] {2, 1}, 6, 15);
        assertValue(x.mean(0), new int[] {3}, 2.5, 3.5, 4.5);
        assertValue(x.mean(0, 1), new int[] {}, 3.5);
        assertValue(Node.apply(new Op.Mean(List.of(0), true), x), new int[] {1, 3}, 2.5, 3.5, 4.5);
    }

    @Test
    void layouts() {
        Node x = constant(new int[] {1, 2, 3}, 1, 2, 3, 4, 5, 6);

        assertValue(x.reshape(3, 2), new int[] {3, 2}, 1, 2, 3, 4, 5, 6);
        assertValue(x.transpose(0, 2, 1), new int[] {1, 3, 2}, 1, 4, 2, 5, 3, 6);
        assertValue(x.transpose(2, 0, 1), new int[] {3, 1, 2}, 1, 4, 2, 5, 3, 6);
    }

    @Test
    void matrixProducts() {
        Node x = constant(new int[] {2, 2}, 1, 2, 3, 4);
        Node weight = constant(new int[] {1, 2}, 5, 6);

        assertValue(x.matMul(constant(new int[] {2, 1}, 5, 6)), new int[] {2, 1}, 17, 39);
        assertValue(Node.apply(new Op.Linear(), x, weight), new int[] {2, 1}, 17, 39);
        assertValue(Node.apply(new Op.Linear(), x, weight, constant(new int[] {1}, 0.5)), new int[] {2, 1}, 17.5, 39.5);
    }

    @Test
    void convolutions() {
        Node diagonal = image(2, 2, 1, 0, 0, -1);
        Node ones = image(2, 2, 1, 1, 1, 1);
        Node bias = constant(new int[] {1}, 0.5);

        assertValue(conv(ONE, NONE, ONE, 1, NINE, diagonal, bias), plane(2, 2), -3.5, -3.5, -3.5, -3.5);
        assertValue(
                conv(ONE, ONE, ONE, 1, NINE, diagonal),
                plane(4, 4),
                -1,
                -2,
                -3,
                0,
                -4,
                -4,
                -4,
                3,
                -7,
                -4,
                -4,
                6,
                0,
                7,
                8,
                9);
        assertValue(conv(Extent.square(2), ONE, ONE, 1, NINE, ones), plane(2, 2), 1, 5, 11, 28);
        assertValue(conv(new Extent(1, 2), new Extent(0, 1), ONE, 1, NINE, ones), plane(2, 2), 5, 16, 11, 28);
        assertValue(conv(ONE, NONE, Extent.square(2), 1, NINE, ones), plane(1, 1), 20);
    }

    @Test
    void convolutionInGroups() {
        Node x = constant(new int[] {1, 2, 1, 1}, 10, 100);
        Node kernel = constant(new int[] {4, 1, 1, 1}, 1, 2, 3, 4);

        assertValue(conv(ONE, NONE, ONE, 2, x, kernel), new int[] {1, 4, 1, 1}, 10, 20, 300, 400);
    }

    @Test
    void convolutionSumsOverChannels() {
        Node x = constant(new int[] {1, 2, 1, 1}, 10, 100);
        Node kernel = constant(new int[] {2, 2, 1, 1}, 1, 2, 3, 4);

        assertValue(conv(ONE, NONE, ONE, 1, x, kernel), new int[] {1, 2, 1, 1}, 210, 430);
    }

    @Test
    void transposedConvolutions() {
        Node x = image(1, 2, 1, 2);
        Node kernel = image(1, 3, 1, 10, 100);
        Node bias = constant(new int[] {1}, 0.5);

        assertValue(deconv(new Extent(1, 2), NONE, x, kernel), plane(1, 5), 1, 10, 102, 20, 200);
        assertValue(deconv(new Extent(1, 2), new Extent(0, 1), x, kernel, bias), plane(1, 3), 10.5, 102.5, 20.5);
        assertValue(deconv(ONE, NONE, x, kernel), plane(1, 4), 1, 12, 120, 200);
    }

    @Test
    void transposedConvolutionSumsOverItsFirstAxis() {
        Node x = constant(new int[] {1, 2, 1, 1}, 10, 100);
        Node kernel = constant(new int[] {2, 2, 1, 1}, 1, 2, 3, 4);

        assertValue(deconv(ONE, NONE, x, kernel), new int[] {1, 2, 1, 1}, 310, 420);
    }

    @Test
    void resampling() {
        Node pair = image(1, 2, 0, 4);

        assertValue(image(2, 4, 1, 2, 0, 0, 3, 6, 0, 8).avgPool(2), plane(1, 2), 3, 2);
        assertValue(pair.upsample(Interpolation.NEAREST, 2), plane(2, 4), 0, 0, 4, 4, 0, 0, 4, 4);
        assertValue(pair.upsample(Interpolation.BILINEAR, 2), plane(2, 4), 0, 1, 3, 4, 0, 1, 3, 4);
        assertValue(
                image(2, 1, 0, 3).upsample(Interpolation.BILINEAR, 3),
                plane(6, 3),
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                1,
                1,
                2,
                2,
                2,
                3,
                3,
                3,
                3,
                3,
                3);
    }

    @Test
    void batchNormUsesTheBatchInTrainingAndTheRunningValuesInEvaluation() {
        Node x = Node.input("x", Shape.of(Shape.N, 1));
        Node mean = Node.buffer("mean", Init.constant(0), 1);
        Node variance = Node.buffer("variance", Init.constant(1), 1);
        Node gain = constant(new int[] {1}, 2);
        Node node = Node.apply(new Op.BatchNorm(0, 0.25), x, gain, constant(new int[] {1}, 1), mean, variance);
        Graph graph = Graph.of("g", "out", node);
        Map<String, DoubleTensor> inputs = Map.of("x", tensor(new int[] {2, 1}, 1, 3));
        Map<String, DoubleTensor> buffers =
                Map.of("mean", tensor(new int[] {1}, 10), "variance", tensor(new int[] {1}, 4));

        Evaluation training = ReferenceEvaluator.evaluate(graph, Mode.TRAINING, inputs, buffers);
        Evaluation evaluation = ReferenceEvaluator.evaluate(graph, Mode.EVALUATION, inputs, buffers);

        assertThat(training.output()).isEqualTo(tensor(new int[] {2, 1}, -1, 3));
        assertThat(training.updatedBuffers())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("mean", tensor(new int[] {1}, 8), "variance", tensor(new int[] {1}, 3.5)));
        assertThat(evaluation.output()).isEqualTo(tensor(new int[] {2, 1}, -8, -6));
        assertThat(evaluation.updatedBuffers()).isEmpty();
    }

    @Test
    void spectralNormIteratesInTrainingOnly() {
        Node weight = constant(new int[] {2, 2}, 3, 0, 0, 4);
        Node u = Node.buffer("u", Init.unitVector(), 2);
        Node v = Node.buffer("v", Init.unitVector(), 2);
        Graph graph = Graph.of("g", "out", Node.apply(new Op.SpectralNorm(1e-12), weight, u, v));
        Map<String, DoubleTensor> buffers =
                Map.of("u", tensor(new int[] {2}, 1, 0), "v", tensor(new int[] {2}, 0.6, 0.8));

        Evaluation training = ReferenceEvaluator.evaluate(graph, Mode.TRAINING, Map.of(), buffers);
        Evaluation evaluation = ReferenceEvaluator.evaluate(graph, Mode.EVALUATION, Map.of(), buffers);

        assertClose("out", training.output(), tensor(new int[] {2, 2}, 1, 0, 0, 4.0 / 3), 1e-15);
        assertThat(training.updatedBuffers()).containsOnlyKeys("u", "v").containsValue(tensor(new int[] {2}, 1, 0));
        assertClose("out", evaluation.output(), tensor(new int[] {2, 2}, 3 / 1.8, 0, 0, 4 / 1.8), 1e-15);
        assertThat(evaluation.updatedBuffers()).isEmpty();
    }

    @Test
    void valuesThatAreMissingOrOfAnotherShapeAreNamed() {
        Node x = Node.input("x", Shape.of(Shape.N, 2));
        Node y = Node.input("y", Shape.of(Shape.N, 2));
        Node w = Node.parameter("w", Init.constant(1), 2);
        Graph graph = Graph.of("g", "out", x.plus(y).times(w));
        Map<String, DoubleTensor> values = new LinkedHashMap<>();

        assertRefused(graph, values, "no value for input x of shape (N, 2); given: []");
        values.put("x", DoubleTensor.zeros(3, 4));
        assertRefused(graph, values, "value of input x: shape must be (N, 2), got [3, 4]");
        values.put("x", DoubleTensor.zeros(3, 2));
        values.put("y", DoubleTensor.zeros(4, 2));
        assertRefused(graph, values, "inputs must agree on the batch size, got 3 and, from y, 4");
        values.put("y", DoubleTensor.zeros(3, 2));
        assertRefused(graph, values, "no value for parameter w of shape (2); given: [x, y]");
        values.put("w", DoubleTensor.zeros(3));
        assertRefused(graph, values, "value of parameter w: shape must be (2), got [3]");
    }

    @Test
    void aBufferIsChangedByOneNodeOnly() {
        Node u = Node.buffer("u", Init.unitVector(), 1);
        Node v = Node.buffer("v", Init.unitVector(), 1);
        Op op = new Op.SpectralNorm(1e-12);
        Node two = Node.apply(op, constant(new int[] {1, 1}, 2), u, v);
        Node three = Node.apply(op, constant(new int[] {1, 1}, 3), u, v);
        Map<String, DoubleTensor> values = Map.of("u", tensor(new int[] {1}, 1), "v", tensor(new int[] {1}, 1));

        assertRefused(
                Graph.of("g", "out", two.plus(three)),
                values,
                "a buffer must be changed by one node only, two change u");
    }

    @Test
    void batchNormCannotBeTrainedOnOneValue() {
        Node x = Node.input("x", Shape.of(Shape.N, 1));
        Node one = constant(new int[] {1}, 1);
        Node node = Node.apply(new Op.BatchNorm(0, 0.25), x, one, one, one, one).named("norm");

        assertRefused(
                Graph.of("g", "out", node),
                Map.of("x", DoubleTensor.zeros(1, 1)),
                "batch norm in training needs more than 1 value per channel, got a batch of 1 at norm: batchNorm (N, 1)");
    }

    private static void assertRefused(Graph graph, Map<String, DoubleTensor> values, String message) {
        assertThatThrownBy(() -> ReferenceEvaluator.evaluate(graph, Mode.TRAINING, values, values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static void assertValue(Node node, int[] shape, double... expected) {
        DoubleTensor value = ReferenceEvaluator.evaluate(
                        Graph.of("g", "out", node), Mode.EVALUATION, Map.of(), Map.of())
                .output();
        assertClose(node.toString(), value, tensor(shape, expected), 1e-15);
    }

    private static Node conv(Extent stride, Extent padding, Extent dilation, int groups, Node... inputs) {
        return Node.apply(new Op.Conv2d(stride, padding, dilation, groups), inputs);
    }

    private static Node deconv(Extent stride, Extent padding, Node... inputs) {
        return Node.apply(new Op.ConvTranspose2d(stride, padding), inputs);
    }

    private static DoubleTensor tensor(int[] shape, double... values) {
        return DoubleTensor.of(values, shape);
    }

    private static int[] plane(int height, int width) {
        return new int[] {1, 1, height, width};
    }

    private static Node image(int height, int width, double... values) {
        return constant(plane(height, width), values);
    }

    private static Node constant(int[] shape, double... values) {
        Tensor narrow = DoubleTensor.of(values, shape).toTensor();
        return Node.constant(narrow);
    }
}
