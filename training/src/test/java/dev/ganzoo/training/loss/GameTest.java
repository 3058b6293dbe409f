package dev.ganzoo.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.training.augmentation.QuarterTurns;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Losses put together from an objective and terms, and what they ask of the discriminator. */
@Tag("pure")
class GameTest {
    private static final View TURNED_REAL = View.REAL.under(new QuarterTurns());

    private final Graph discriminator = network("discriminator", "logit", 1, "class_logits", 3, "rotation_logits", 4);

    private static Graph network(String name, Object... heads) {
        Node image = Node.input("image", Shape.of(Shape.N, 1, 2, 2));
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < heads.length; i += 2) {
            Node weight = Node.parameter(heads[i] + ".weight", Init.normal(0, 1), 4, (int) heads[i + 1]);
            outputs.put((String) heads[i], image.reshape(Shape.N, 4).matMul(weight));
        }
        return Graph.of(name, outputs);
    }

    @Test
    void anObjectiveAloneAsksForLogitsAlone() {
        Game game = Game.of(Objectives.hinge());

        Aim aim = game.discriminatorAim(discriminator, 3);

        assertThat(aim.questions())
                .containsExactly(
                        new Aim.Question(View.REAL, Set.of("logit")), new Aim.Question(View.FAKE, Set.of("logit")));
        assertThat(aim.graph().outputs().keySet())
                .containsExactly("loss/discriminator", "score/real", "score/fake", "score/real-sign");
        assertThat(game.generatorAim(discriminator, network("generator", "image", 4), 3)
                        .questions())
                .containsExactly(new Aim.Question(View.FAKE, Set.of("logit")));
    }

    @Test
    void termsAskForMoreAndAreToldApart() {
        Aim aim = Game.of(Objectives.hinge())
                .and(Rotation.published())
                .and(AuxiliaryClassifier.published())
                .and(new R1(0.2))
                .and(GradientPenalty.twoSided(10))
                .discriminatorAim(discriminator, 3);

        assertThat(aim.questions())
                .containsExactlyInAnyOrder(
                        new Aim.Question(View.REAL, Set.of("logit", "image_gradient", "class_logits", "class_weights")),
                        new Aim.Question(View.FAKE, Set.of("logit", "class_logits", "class_weights")),
                        new Aim.Question(View.BETWEEN, Set.of("image_gradient")),
                        new Aim.Question(TURNED_REAL, Set.of("rotation_logits", "turn")));
        assertThat(aim.graph().outputs().keySet())
                .containsExactly(
                        "loss/discriminator",
                        "discriminator/hinge",
                        "discriminator/r1-penalty",
                        "discriminator/gradient-penalty",
                        "discriminator/rotation",
                        "discriminator/classes",
                        "score/real",
                        "score/fake",
                        "score/real-sign");
    }

    @Test
    void aTermOfTheSameClassTakesTheOthersPlace() {
        Game game = Game.of(Objectives.hinge()).and(new R1(1)).and(new R1(2));

        assertThat(game.terms()).containsExactly(new R1(2), GradientPenalty.none(), Orthogonality.none());
    }

    @Test
    void penaltiesAreAsDefined() {
        double[] gradients = {3, 4, 0, 0, 0.3, 0, 0.4, 0};

        assertThat(discriminatorTerm(new R1(0.2), "real/image_gradient", gradients))
                .isCloseTo(0.1 * (25 + 0.25) / 2, within(1e-6));
        assertThat(discriminatorTerm(GradientPenalty.twoSided(10), "between/image_gradient", gradients))
                .isCloseTo(10 * (16 + 0.25) / 2, within(1e-6));
        assertThat(discriminatorTerm(GradientPenalty.oneSided(10), "between/image_gradient", gradients))
                .isCloseTo(10 * 16 / 2.0, within(1e-6));
    }

    private double discriminatorTerm(Term term, String input, double[] gradients) {
        Aim aim = Game.of(Objectives.hinge()).and(term).discriminatorAim(discriminator, 3);
        DoubleTensor zeros = DoubleTensor.of(new double[2], 2, 1);
        return evaluate(
                        aim.graph(),
                        Map.of("real/logit", zeros, "fake/logit", zeros, input, DoubleTensor.of(gradients, 2, 1, 2, 2)))
                .get("discriminator/" + term.name())
                .data()[0];
    }

    @Test
    void aClassMoreThanTheLabelsIsForFakes() {
        Graph stacked = network("discriminator", "logit", 1, "class_logits", 4);
        Judge judge = new Judge(stacked, 3, List.of());
        Node loss = judge.on(View.labelled(0.5)).classLoss();

        DoubleTensor value = evaluate(
                        Graph.of("loss", "loss", loss),
                        Map.of(
                                "labelled/class_logits", DoubleTensor.of(new double[] {0, 0, 0, Math.log(5)}, 1, 4),
                                "labelled/class_weights", DoubleTensor.of(new double[] {0, 1, 0}, 1, 3)))
                .get("loss");

        assertThat(value.data()[0]).isCloseTo(Math.log(8), within(1e-6));
    }

    @Test
    void orthogonalRowsOfAnyLengthArePenalisedByNothing() {
        Node weight = Node.parameter("a.weight", Init.constant(0), 2, 3);
        Node tables = Node.parameter("embedding.weight", Init.constant(0), 2, 3);
        Judge judge = new Judge(discriminator, 3, List.of(weight, tables));
        Graph penalty = Graph.of(
                "penalty",
                "penalty",
                new Orthogonality(0.5, 0).generatorLoss(judge).orElseThrow());

        assertThat(penalty.parameters()).containsExactly(weight);
        assertThat(penalty(penalty, 1, 2, 0, -4, 2, 7)).isZero();
        assertThat(penalty(penalty, 1, 2, 0, 3, 1, 1)).isEqualTo(0.5 * 2 * 25);
    }

    @Test
    void aWeightOfVeryManyRowsCannotBeMadeOrthogonal() {
        Judge judge =
                new Judge(discriminator, 3, List.of(Node.parameter("linear.weight", Init.constant(0), 65_536, 2)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Orthogonality(1e-4, 0).generatorLoss(judge))
                .withMessage("the orthogonality of linear.weight must be of at most 46340 rows, got 65536");
    }

    private static double penalty(Graph graph, double... weight) {
        return ReferenceEvaluator.evaluate(
                        graph, Mode.TRAINING, Map.of(), Map.of("a.weight", DoubleTensor.of(weight, 2, 3)))
                .output()
                .data()[0];
    }

    @Test
    void anOutputThatIsNotThereIsNamed() {
        Graph plain = network("discriminator", "logit", 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Game.of(Objectives.hinge()).and(Rotation.published()).discriminatorAim(plain, 3))
                .withMessage("discriminator must have an output \"rotation_logits\", has logit");
    }

    @Test
    void aPenaltyOfEachImagesGradientRefusesBatchNorm() {
        Node image = Node.input("image", Shape.of(Shape.N, 4));
        Node normal = Node.apply(
                        new Op.BatchNorm(1e-5, 0.1),
                        image,
                        Node.parameter("gain", Init.constant(1), 4),
                        Node.parameter("bias", Init.constant(0), 4),
                        Node.buffer("mean", Init.constant(0), 4),
                        Node.buffer("variance", Init.constant(1), 4))
                .named("norm2");
        Graph normed =
                Graph.of("discriminator", "logit", normal.matMul(Node.parameter("weight", Init.constant(1), 4, 1)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Game.of(Objectives.wasserstein())
                        .and(GradientPenalty.twoSided(10))
                        .discriminatorAim(normed, 3))
                .withMessage("gradientPenalty must be 0 where the discriminator has batch norm, found norm2; "
                        + "use layer norm or none, or r1");
        assertThat(Game.of(Objectives.hinge())
                        .and(new R1(1))
                        .discriminatorAim(normed, 3)
                        .questions())
                .hasSize(2);
    }

    private static Map<String, DoubleTensor> evaluate(Graph graph, Map<String, DoubleTensor> inputs) {
        return ReferenceEvaluator.evaluate(graph, Mode.TRAINING, inputs, Map.of())
                .outputs();
    }
}
