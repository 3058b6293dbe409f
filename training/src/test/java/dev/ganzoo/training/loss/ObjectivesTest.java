package dev.ganzoo.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.gradient.Gradients;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class ObjectivesTest {
    private static final double[] REAL = {2, -1};
    private static final double[] FAKE = {-3, 0.5};

    static List<Objective> all() {
        return Objectives.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isFoundByItsNameAndTellsItsSource(Objective objective) {
        assertThat(Objectives.named(objective.name())).isSameAs(objective);
        assertThat(objective.toString()).startsWith(objective.name() + " (").contains(" 20");
        assertThat(objective.about()).isNotEmpty();
    }

    @Test
    void anUnknownNameSuggestsTheNearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Objectives.named("hing"))
                .withMessageStartingWith("unknown objective \"hing\"; did you mean \"hinge\"? (known: minimax: ");
    }

    @Test
    void binaryCrossEntropyIsFoundByThatName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Objectives.named("bce"))
                .withMessageStartingWith(
                        "unknown objective \"bce\"; did you mean \"non-saturating\" or \"minimax\"? (known: "
                                + "minimax: binary cross entropy, which D minimises and G maximises; ");
    }

    @Test
    void hinge() {
        assertLosses(Objectives.hinge(), (0 + 2) / 2.0 + (0 + 1.5) / 2.0, -(-3 + 0.5) / 2.0);
    }

    @Test
    void wasserstein() {
        assertLosses(Objectives.wasserstein(), -1.25 - 0.5, 1.25);
    }

    @Test
    void leastSquares() {
        assertLosses(Objectives.leastSquares(), (1 + 4) / 4.0 + (9 + 0.25) / 4, (16 + 0.25) / 4);
    }

    @Test
    void minimaxIsTheSameGameForBoth() {
        double onFake = mean(FAKE, x -> -Math.log(1 - sigmoid(x)));
        assertLosses(Objectives.minimax(), mean(REAL, x -> -Math.log(sigmoid(x))) + onFake, -onFake);
    }

    @Test
    void nonSaturating() {
        assertLosses(
                Objectives.nonSaturating(),
                mean(REAL, x -> -Math.log(sigmoid(x))) + mean(FAKE, x -> -Math.log(1 - sigmoid(x))),
                mean(FAKE, x -> -Math.log(sigmoid(x))));
    }

    @Test
    void crossEntropyNeitherOverflowsNorLosesItsGradientAtZero() {
        double[] extreme = {500, -500, 0};

        assertThat(discriminatorLoss(Objectives.minimax(), 1, extreme, extreme))
                .isCloseTo(2 * (500 + Math.log(2)) / 3, within(1e-4));
        Node x = Node.input("x", Shape.of(Shape.N, 1));
        Node loss = Objectives.nonSaturating().generatorLoss().apply(x);
        Graph gradient = Graph.of("gradient", "x", Gradients.of(loss, Node.constant(1), x));
        assertThat(ReferenceEvaluator.evaluate(
                                gradient, Mode.TRAINING, Map.of("x", DoubleTensor.of(new double[] {0}, 1, 1)), Map.of())
                        .output()
                        .data())
                .containsExactly(-0.5);
    }

    @Test
    void smoothedLabelsMoveTheTargetOfRealImagesAlone() {
        double onFake = mean(FAKE, x -> -Math.log(1 - sigmoid(x)));
        double onReal = mean(REAL, x -> -0.9 * Math.log(sigmoid(x)) - 0.1 * Math.log(1 - sigmoid(x)));

        assertThat(discriminatorLoss(Objectives.nonSaturating(), 0.9, REAL, FAKE))
                .isCloseTo(onReal + onFake, within(1e-6));
        assertThat(discriminatorLoss(Objectives.leastSquares(), 0.9, REAL, FAKE))
                .isCloseTo((1.21 + 3.61) / 4 + (9 + 0.25) / 4, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"hinge", "wasserstein"})
    void whatHasNoTargetIsNotSmoothed(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Objectives.named(name).discriminatorLoss().apply(0.9))
                .withMessage("realTarget must be 1 with " + name + ", which has no target, got 0.9");
    }

    private static void assertLosses(Objective objective, double discriminator, double generator) {
        assertThat(discriminatorLoss(objective, 1, REAL, FAKE)).isCloseTo(discriminator, within(1e-6));
        Graph loss = Graph.of("loss", "loss", objective.generatorLoss().apply(logits("fake")));
        assertThat(value(loss, REAL, FAKE)).isCloseTo(generator, within(1e-6));
    }

    private static double discriminatorLoss(Objective objective, double target, double[] real, double[] fake) {
        Node loss = objective.discriminatorLoss().apply(target).apply(logits("real"), logits("fake"));
        return value(Graph.of("loss", "loss", loss), real, fake);
    }

    private static Node logits(String name) {
        return Node.input(name, Shape.of(Shape.N, 1));
    }

    private static double value(Graph loss, double[] real, double[] fake) {
        Map<String, DoubleTensor> logits = Map.of(
                "real", DoubleTensor.of(real, real.length, 1),
                "fake", DoubleTensor.of(fake, fake.length, 1));
        return ReferenceEvaluator.evaluate(loss, Mode.TRAINING, logits, Map.of())
                .output()
                .data()[0];
    }

    private static double mean(double[] logits, DoubleUnaryOperator loss) {
        return Arrays.stream(logits).map(loss).average().orElseThrow();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
