package dev.ganzoo.zoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ThreeConvolutionsTest {
    @Test
    void isTheDiscriminatorOfTheSemiSupervisedGanWithoutFake() {
        Graph classifier = ThreeConvolutions.classifier(ThreeConvolutions.Spec.published(10, 1, 28));
        Graph discriminator = SemiSupervisedGan.discriminator(SemiSupervisedGan.Spec.published(10, 1, 28));

        assertThat(classifier.output().shape()).isEqualTo(Shape.of(Shape.N, 10));
        assertThat(classifier.parameterCount()).isEqualTo(discriminator.parameterCount() - 2_048 - 1);
        assertThat(body(classifier)).isEqualTo(body(discriminator));
    }

    private static List<String> body(Graph graph) {
        Predicate<Node> isHead = leaf -> leaf.name().startsWith("classes");
        return graph.states().stream()
                .filter(isHead.negate())
                .map(leaf -> leaf.name() + leaf.shape())
                .toList();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ThreeConvolutions.Spec(10, 1, 28, 0))
                .withMessage("width must be at least 1, got 0");
    }
}
