package dev.ganzoo.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.architecture.Pooling;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.architecture.TinyNetworks;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.reference.Closeness;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.graph.rewrite.Convolutions;
import dev.ganzoo.zoo.graph.rewrite.Examples;
import dev.ganzoo.zoo.graph.rewrite.Folding;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.graph.rewrite.Weights;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole generator with weights as after training: as built, folded, and both in ONNX Runtime. */
@Tag("native")
class OnnxGeneratorTest {
    static Stream<Arguments> generatorsAndBatches() {
        return Stream.of(Interpolation.values())
                .flatMap(upsampling -> Stream.of(Arguments.of(upsampling, 1), Arguments.of(upsampling, 3)));
    }

    @ParameterizedTest
    @MethodSource("generatorsAndBatches")
    void everyFormGivesTheSameImages(Interpolation upsampling, int batch) throws Exception {
        Graph generator = ResidualGan.generator(new ResidualGan.Spec(4, 5, 3, 8, 8, upsampling, false, Pooling.SUM));
        Map<String, Tensor> weights = Examples.weights(generator);
        Map<String, Tensor> inputs = Examples.inputs(generator, batch);
        DoubleTensor expected = ReferenceEvaluator.evaluate(
                        generator, Mode.EVALUATION, DoubleTensor.of(inputs), DoubleTensor.of(weights))
                .output();
        Graph folded = Folding.fold(generator, weights);
        Graph fast = Rewriter.with(Convolutions.rules()).rewrite(folded);

        assertThat(spread(expected)).isGreaterThan(0.1);
        for (Graph form : new Graph[] {Weights.bind(generator, weights), folded, fast}) {
            Tensor actual = Onnx.run(OnnxModel.of(form).bytes(), inputs).get("image");
            Closeness.assertClose("image", actual, expected, 1e-5);
        }
        byte[] halves = OnnxModel.of(folded).weights(WeightPrecision.FP16).bytes();
        Closeness.assertClose("image of halves", Onnx.run(halves, inputs).get("image"), expected, 0.02);
    }

    @ParameterizedTest
    @EnumSource
    void wideGeneratorsGiveTheSameImagesInTheFormForEachTarget(Target target) throws Exception {
        Graph generator =
                ResidualGan.generator(new ResidualGan.Spec(8, 5, 3, 96, 8, Interpolation.NEAREST, false, Pooling.SUM));
        Map<String, Tensor> weights = Examples.weights(generator);
        Graph form = Rewriter.with(target.rules()).rewrite(Weights.bind(generator, weights));
        Map<String, Tensor> inputs = Examples.inputs(generator, 2);
        DoubleTensor expected = ReferenceEvaluator.evaluate(
                        generator, Mode.EVALUATION, DoubleTensor.of(inputs), DoubleTensor.of(weights))
                .output();

        Tensor actual = Onnx.run(OnnxModel.of(form).bytes(), inputs).get("image");

        boolean winograd = form.nodes().stream().noneMatch(OnnxGeneratorTest::is3x3);
        assertThat(winograd).isEqualTo(target == Target.CPU);
        Closeness.assertClose("image", actual, expected, 2e-5);
    }

    static Stream<Graph> networks() {
        return TinyNetworks.graphs();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyArchitectureGivesTheSameFoldedAndRewritten(Graph network) throws Exception {
        Map<String, Tensor> weights = Examples.weights(network);
        Map<String, Tensor> inputs = Examples.inputs(network, 2);
        Map<String, DoubleTensor> expected = ReferenceEvaluator.evaluate(
                        network, Mode.EVALUATION, DoubleTensor.of(inputs), DoubleTensor.of(weights))
                .outputs();
        Graph form = Rewriter.with(Target.CPU.rules()).rewrite(Weights.bind(network, weights));

        Map<String, Tensor> actual = Onnx.run(OnnxModel.of(form).bytes(), inputs);

        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((name, value) -> Closeness.assertClose(name, actual.get(name), value, 5e-5));
    }

    private static boolean is3x3(Node node) {
        return node.op() instanceof Op.Conv2d && node.input(1).shape().extent(3) == 3;
    }

    /** The standard deviation, lest images be all alike. */
    private static double spread(DoubleTensor images) {
        double sum = 0;
        double squares = 0;
        for (double value : images.data()) {
            sum += value;
            squares += value * value;
        }
        double mean = sum / images.size();
        return Math.sqrt(squares / images.size() - mean * mean);
    }
}
