package dev.ganzoo.zoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ganzoo.zoo.architecture.SemiSupervisedGan.Heads;
import dev.ganzoo.zoo.architecture.SemiSupervisedGan.Spec;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.graph.rewrite.Examples;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("pure")
class ClassHeadTest {
    private static final int CLASSES = 3;

    @ParameterizedTest
    @EnumSource(Heads.class)
    void givesTheLogitsOfTheClassesAlone(Heads heads) {
        Graph discriminator = SemiSupervisedGan.discriminator(new Spec(4, CLASSES, 1, 8, 2, 2, heads));
        Graph classifier = ClassHead.classifier(discriminator, CLASSES).orElseThrow();

        double[] all = values(discriminator, ClassHead.OUTPUT);
        double[] classes = values(classifier, "logits");

        int columns = heads == Heads.FAKE_CLASS ? CLASSES + 1 : CLASSES;
        assertThat(all).hasSize(2 * columns);
        assertThat(Arrays.copyOf(classes, CLASSES)).containsExactly(Arrays.copyOf(all, CLASSES));
        assertThat(Arrays.copyOfRange(classes, CLASSES, 2 * CLASSES))
                .containsExactly(Arrays.copyOfRange(all, columns, columns + CLASSES));
    }

    private static double[] values(Graph graph, String output) {
        Map<String, DoubleTensor> inputs = DoubleTensor.of(Examples.inputs(graph, 2));
        Map<String, DoubleTensor> weights = DoubleTensor.of(Examples.weights(graph));
        return ReferenceEvaluator.evaluate(graph, Mode.EVALUATION, inputs, weights)
                .outputs()
                .get(output)
                .data();
    }

    @Test
    void isThereOnlyWhereClassesAreTold() {
        Node image = Node.input("image", Shape.of(Shape.N, 1, 2, 2));
        Graph plain = Graph.of("discriminator", "logit", image.reshape(Shape.N, 4));

        assertThat(ClassHead.classifier(plain, CLASSES)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassHead.classifier(plain.and(ClassHead.OUTPUT, image.reshape(Shape.N, 4)), 5))
                .withMessage("class_logits of discriminator must tell 5 classes, tells 4");
    }
}
