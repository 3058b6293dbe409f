package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.training.augmentation.DiscriminatorAugmentation;
import dev.ganzoo.training.loss.Game;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.recipe.Schedule;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.rewrite.Convolutions;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks, gradients and whole steps against PyTorch on the same weights, batches and noise, plain and rewritten. */
@Tag("native")
@ExtendWith(NativeResources.class)
class PyTorchParityTest {
    private static final Game HINGE = Game.of(Objectives.hinge());

    static Stream<Arguments> cases() {
        UnaryOperator<Graph> plain = graph -> graph;
        UnaryOperator<Graph> rewritten = Rewriter.with(Convolutions.rules())::rewrite;
        return Stream.of(PyTorchCase.nearest(), PyTorchCase.bilinear())
                .flatMap(torch -> Stream.of(Arguments.of(torch, plain), Arguments.of(torch, rewritten)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forwardValuesAndBuffersAgree(PyTorchCase torch, UnaryOperator<Graph> form) {
        for (Mode mode : Mode.values()) {
            String suffix = mode == Mode.TRAINING ? "train" : "eval";
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Network generator = generator(torch, form, manager);
                    Network discriminator = discriminator(torch, form, manager)) {
                assertClose(
                        generate(manager, generator, torch, mode, "z", "y"),
                        torch.get("out/generator_" + suffix),
                        1e-5);
                assertClose(
                        judgeReal(manager, discriminator, torch, mode), torch.get("out/discriminator_" + suffix), 1e-4);
                if (mode == Mode.TRAINING) {
                    assertAllClose(generator.toTensors(), torch.below("after/generator"), 1e-5);
                    assertAllClose(discriminator.toTensors(), torch.below("after/discriminator"), 1e-5);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void discriminatorGradientsAgree(PyTorchCase torch, UnaryOperator<Graph> form) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network generator = generator(torch, form, manager);
                Network discriminator = discriminator(torch, form, manager);
                Network loss = Network.restore(
                        HINGE.discriminatorAim(discriminator.graph(), 0).graph(), Map.of(), manager);
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            discriminator.learning(true);
            NDArray fakes = generate(manager, generator, torch, Mode.TRAINING, "z", "y");
            NDArray real = judgeReal(manager, discriminator, torch, Mode.TRAINING);
            NDArray fake = judge(manager, discriminator, fakes, torch.oneHot("y"), Mode.TRAINING);
            NDArray value = loss.outputs(manager, Mode.TRAINING, Map.of("real/logit", real, "fake/logit", fake))
                    .get(Game.DISCRIMINATOR_LOSS);
            collector.backward(value);

            assertThat((double) value.getFloat())
                    .isCloseTo(torch.get("loss/discriminator").data()[0], within(1e-4));
            torch.below("grad/discriminator")
                    .forEach((name, expected) ->
                            assertClose(discriminator.value(name).getGradient(), expected, 1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void generatorGradientsAgree(PyTorchCase torch, UnaryOperator<Graph> form) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network generator = generator(torch, form, manager);
                Network discriminator = discriminator(torch, form, manager);
                Network loss = Network.restore(
                        HINGE.generatorAim(discriminator.graph(), generator.graph(), 0)
                                .graph(),
                        Map.of(),
                        manager);
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            generator.learning(true);
            NDArray fakes = generate(manager, generator, torch, Mode.TRAINING, "z", "y");
            NDArray fake = judge(manager, discriminator, fakes, torch.oneHot("y"), Mode.TRAINING);
            NDArray value = loss.forward(manager, Mode.TRAINING, Map.of("fake/logit", fake));
            collector.backward(value);

            assertThat((double) value.getFloat())
                    .isCloseTo(torch.get("loss/generator").data()[0], within(1e-4));
            torch.below("grad/generator")
                    .forEach((name, expected) ->
                            assertClose(generator.value(name).getGradient(), expected, 1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void twoWholeStepsAgree(PyTorchCase torch, UnaryOperator<Graph> form) {
        Feed feed = new FixedFeed(torch);
        Schedule schedule = Schedule.steps(2).batch(4);
        try (AdversarialTraining training = new AdversarialTraining(
                torch.networks(), HINGE, DiscriminatorAugmentation.NONE, schedule, feed, 0, Device.cpu())) {
            var state = training.state();
            state.put("generator", torch.below("generator"));
            state.put("discriminator", torch.below("discriminator"));
            training.restore(state, 0);
            for (int step = 1; step <= 2; step++) {
                Map<String, Double> metrics = training.step(step - 1);

                String prefix = "step" + step;
                assertThat(metrics.get("loss/discriminator"))
                        .isCloseTo(torch.get(prefix + "/loss/discriminator").data()[0], within(1e-4));
                assertThat(metrics.get("loss/generator"))
                        .isCloseTo(torch.get(prefix + "/loss/generator").data()[0], within(1e-4));
                assertAllClose(training.state().get("discriminator"), torch.below(prefix + "/discriminator"), 1e-4);
                assertAllClose(
                        training.state().get("generator"), withoutNoise(torch.below(prefix + "/generator")), 1e-4);
            }
        }
    }

    /**
     * Biases in front of a batch norm have no gradient but rounding noise, which Adam makes into steps of full size; the
     * means behind them follow.
     */
    private static Map<String, Tensor> withoutNoise(Map<String, Tensor> generator) {
        generator.keySet().removeIf(name -> name.matches("block.*\\.(conv.|shortcut)\\.bias|.*\\.mean"));
        return generator;
    }

    private static Network generator(PyTorchCase torch, UnaryOperator<Graph> form, NDManager manager) {
        return Network.restore(form.apply(torch.networks().generator()), torch.below("generator"), manager);
    }

    private static Network discriminator(PyTorchCase torch, UnaryOperator<Graph> form, NDManager manager) {
        return Network.restore(form.apply(torch.networks().discriminator()), torch.below("discriminator"), manager);
    }

    private static NDArray generate(
            NDManager manager, Network generator, PyTorchCase torch, Mode mode, String z, String y) {
        NDArray latents = NetworkValues.upload(manager, torch.get(z));
        NDArray classes = NetworkValues.upload(manager, torch.oneHot(y));
        return generator.forward(manager, mode, Map.of("z", latents, "class_weights", classes));
    }

    private static NDArray judgeReal(NDManager manager, Network discriminator, PyTorchCase torch, Mode mode) {
        NDArray images = NetworkValues.upload(manager, torch.get("real"));
        return judge(manager, discriminator, images, torch.oneHot("real_y"), mode);
    }

    private static NDArray judge(
            NDManager manager, Network discriminator, NDArray images, Tensor classWeights, Mode mode) {
        NDArray classes = NetworkValues.upload(manager, classWeights);
        return discriminator.forward(manager, mode, Map.of("image", images, "class_weights", classes));
    }

    private static void assertClose(NDArray actual, Tensor expected, double tolerance) {
        assertClose("value", NetworkValues.download(actual), expected, tolerance);
    }

    private static void assertAllClose(Map<String, Tensor> actual, Map<String, Tensor> expected, double tolerance) {
        expected.forEach((name, tensor) -> assertClose(name, actual.get(name), tensor, tolerance));
    }

    /** Every difference within {@code tolerance} of the larger of 1 and the expected tensor's largest magnitude. */
    private static void assertClose(String name, Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
        double scale = 1;
        double worst = 0;
        for (int i = 0; i < expected.size(); i++) {
            scale = Math.max(scale, Math.abs(expected.data()[i]));
            worst = Math.max(worst, Math.abs(actual.data()[i] - expected.data()[i]));
        }
        assertThat(worst / scale).as(name).isLessThan(tolerance);
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    /** The same batches in every step, as in the fixtures. */
    private record FixedFeed(PyTorchCase torch) implements Feed {
        @Override
        public int classes() {
            return torch.spec().classes();
        }

        @Override
        public Batch real(long index) {
            return new Batch(torch.get("real"), torch.oneHot("real_y"));
        }

        @Override
        public Batch discriminatorLatents(long index) {
            return new Batch(torch.get("z"), torch.oneHot("y"));
        }

        @Override
        public Batch generatorLatents(long index) {
            return new Batch(torch.get("z2"), torch.oneHot("y2"));
        }
    }
}
