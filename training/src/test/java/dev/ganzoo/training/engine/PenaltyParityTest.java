package dev.ganzoo.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ganzoo.training.NativeResources;
import dev.ganzoo.training.loss.Aim;
import dev.ganzoo.training.loss.Game;
import dev.ganzoo.training.loss.GradientPenalty;
import dev.ganzoo.training.loss.Objectives;
import dev.ganzoo.training.loss.R1;
import dev.ganzoo.training.loss.Term;
import dev.ganzoo.zoo.architecture.Pooling;
import dev.ganzoo.zoo.architecture.ResidualGan;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.pytorch.PyTorchFixtures;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Penalties of gradients against PyTorch's double backward on the same weights and images. */
@Tag("native")
@ExtendWith(NativeResources.class)
class PenaltyParityTest {
    private static final double SLOPE = 0.2;
    private static final int CLASSES = 10;
    private static final Safetensors FIXTURE = PyTorchFixtures.penalties();

    private record Case(String name, Graph discriminator, Game game, Term term) {
        static Case of(String name, Graph discriminator, Game game, Term term) {
            return new Case(name, discriminator, game.and(term), term);
        }

        Case rewritten() {
            return new Case(name, Network.FASTER.rewrite(discriminator), game, term);
        }

        Tensor get(String key) {
            return FIXTURE.tensor(name + "/" + key);
        }

        Map<String, Tensor> under(String folder) {
            return PyTorchFixtures.under(name + "/" + folder, FIXTURE);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        ResidualGan.Spec small = new ResidualGan.Spec(8, CLASSES, 3, 8, 8, Interpolation.NEAREST, false, Pooling.SUM);
        Case residual = Case.of("residual", ResidualGan.discriminator(small), Game.of(Objectives.hinge()), new R1(2));
        Game wasserstein = Game.of(Objectives.wasserstein());
        return Stream.of(
                residual,
                residual.rewritten(),
                Case.of("batchnorm", batchNormed(), Game.of(Objectives.nonSaturating()), new R1(2)),
                Case.of("two_sided", layerNormed(), wasserstein, GradientPenalty.twoSided(10)),
                Case.of("one_sided", layerNormed(), wasserstein, GradientPenalty.oneSided(10)));
    }

    private static Graph batchNormed() {
        Node h = conv("conv1", image(), 6, 4, 2, 1).leakyRelu(SLOPE);
        h = conv("conv2", h, 8, 4, 2, 1);
        Node normal = Node.apply(
                new Op.BatchNorm(1e-5, 0.1),
                h,
                parameter("norm2.gain", 8),
                parameter("norm2.bias", 8),
                Node.buffer("norm2.mean", Init.constant(0), 8),
                Node.buffer("norm2.variance", Init.constant(1), 8));
        Node logit = conv("conv3", normal.leakyRelu(SLOPE), 1, 2, 1, 0).reshape(Shape.N, 1);
        return Graph.of("discriminator", "logit", logit);
    }

    private static Graph layerNormed() {
        Node h = layerNorm("norm1", biased("conv1", conv("conv1", image(), 6, 3, 1, 1)))
                .leakyRelu(SLOPE);
        h = layerNorm("norm2", biased("conv2", conv("conv2", h, 8, 3, 2, 1))).leakyRelu(SLOPE);
        Node logit = Node.apply(
                new Op.Linear(),
                h.maxPool(4).reshape(Shape.N, 8),
                parameter("fc1.weight", 1, 8),
                parameter("fc1.bias", 1));
        return Graph.of("discriminator", "logit", logit);
    }

    private static Node image() {
        return Node.input("image", Shape.of(Shape.N, 3, 8, 8));
    }

    private static Node conv(String name, Node x, int outputs, int kernel, int stride, int padding) {
        Op op = new Op.Conv2d(Extent.square(stride), Extent.square(padding), Extent.square(1), 1);
        return Node.apply(op, x, parameter(name + ".weight", outputs, x.shape().extent(1), kernel, kernel));
    }

    private static Node biased(String name, Node x) {
        int channels = x.shape().extent(1);
        return x.plus(parameter(name + ".bias", channels).reshape(channels, 1, 1));
    }

    private static Node layerNorm(String name, Node x) {
        int[] extents = {x.shape().extent(1), x.shape().extent(2), x.shape().extent(3)};
        return Node.apply(
                new Op.LayerNorm(1e-5), x, parameter(name + ".gain", extents), parameter(name + ".bias", extents));
    }

    private static Node parameter(String name, int... extents) {
        return Node.parameter(name, Init.constant(0), extents);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradientsAgree(Case torch) {
        assertGradients(torch, Game.DISCRIMINATOR_LOSS, "loss", "grad");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void penaltyAndItsGradientsAgree(Case torch) {
        assertGradients(torch, "discriminator/" + torch.term().name(), "penalty", "penalty_grad");
    }

    private static void assertGradients(Case torch, String number, String value, String gradients) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                Network network = Network.restore(torch.discriminator(), torch.under("weights"), manager);
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            network.learning(true);
            Discriminator discriminator = new Discriminator(network);
            Aim aim = torch.game().discriminatorAim(network.graph(), CLASSES);
            Map<String, NDArray> answers = new HashMap<>();
            for (Aim.Question question : aim.questions()) {
                answers.putAll(discriminator.answer(
                        manager, question, shown(manager, torch, question.view().toString()), Randomness.of(0)));
            }
            NDArray asked = network.sharing(aim.graph())
                    .outputs(manager, Mode.TRAINING, answers)
                    .get(number);
            collector.backward(asked);

            double expected = torch.get(value).data()[0];
            assertThat((double) asked.getFloat()).isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
            torch.under(gradients)
                    .forEach((name, gradient) -> assertClose(name, gradient(network.value(name)), gradient));
            torch.under("after")
                    .forEach((name, buffer) -> assertClose(name, NetworkValues.download(network.value(name)), buffer));
        }
    }

    private static Tensor gradient(NDArray weight) {
        try (NDArray gradient = weight.getGradient()) {
            return NetworkValues.download(gradient);
        }
    }

    private static Shown shown(NDManager manager, Case torch, String view) {
        UnaryOperator<String> labels = images -> torch.name() + "/" + images + "_y";
        boolean labelled = FIXTURE.tensors().containsKey(labels.apply(view));
        Tensor classes = labelled
                ? PyTorchFixtures.oneHot(FIXTURE.tensor(labels.apply(view)), CLASSES)
                : Tensor.zeros(torch.get(view).shape()[0], CLASSES);
        return new Shown(NetworkValues.upload(manager, torch.get(view)), NetworkValues.upload(manager, classes));
    }

    /** Every difference within 1e-4 of the expected tensor's largest magnitude. */
    private static void assertClose(String name, Tensor actual, Tensor expected) {
        assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
        double scale = 1e-6;
        double worst = 0;
        for (int i = 0; i < expected.size(); i++) {
            scale = Math.max(scale, Math.abs(expected.data()[i]));
            worst = Math.max(worst, Math.abs(actual.data()[i] - expected.data()[i]));
        }
        assertThat(worst / scale).as(name).isLessThan(1e-4);
    }
}
