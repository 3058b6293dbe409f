package dev.ganzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class RecipesTest {
    private static final DataSpec DATA =
            new DataSpec("things", List.of("a", "b", "c", "d", "e", "f", "g"), 3, 32, 700, "00ff");

    static List<Recipe> all() {
        return Recipes.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isFoundByItsName(Recipe recipe) {
        assertThat(Recipes.named(recipe.name())).isSameAs(recipe);
        assertThat(recipe).hasToString(recipe.name() + " (" + recipe.source() + ")");
    }

    @ParameterizedTest
    @MethodSource("all")
    void networksAndLossesFitEachOther(Recipe recipe) {
        Networks<?> networks = recipe.networks().apply(DATA);

        recipe.procedure().read(new Procedure.Reading<Void>() {
            @Override
            public Void adversarial(Adversarial procedure) {
                Shape image = networks.generator().output().shape();
                assertThat(image).isEqualTo(Shape.of(Shape.N, 3, 32, 32));
                assertThat(networks.discriminator().inputs())
                        .extracting(Node::shape)
                        .contains(image);
                assertThat(networks.discriminator().output().shape()).isEqualTo(Shape.of(Shape.N, 1));
                assertIsNumber(procedure.objective().discriminatorGraph());
                assertIsNumber(procedure.objective().generatorGraph());
                return null;
            }

            @Override
            public Void supervised(Supervised procedure) {
                Graph classifier = networks.classifier();
                assertThat(classifier.inputs()).extracting(Node::shape).containsExactly(Shape.of(Shape.N, 3, 32, 32));
                assertThat(classifier.output().shape()).isEqualTo(Shape.of(Shape.N, 7));
                assertIsNumber(procedure.objective().graph(7));
                return null;
            }
        });
    }

    private static void assertIsNumber(Graph loss) {
        assertThat(loss.output().shape()).isEqualTo(Shape.of());
    }

    @Test
    void hingeIsAsDefined() {
        Objective hinge = Objectives.hinge();
        Map<String, DoubleTensor> logits = Map.of(
                Objective.REAL, DoubleTensor.of(new double[] {2, -1}, 2, 1),
                Objective.FAKE, DoubleTensor.of(new double[] {-3, 0.5}, 2, 1));

        assertThat(value(hinge.discriminatorGraph(), logits)).isEqualTo((0 + 2) / 2.0 + (0 + 1.5) / 2.0);
        assertThat(value(hinge.generatorGraph(), logits)).isEqualTo(-(-3 + 0.5) / 2.0);
        assertThat(hinge).hasToString("hinge (Lim & Ye 2017, Geometric GAN)");
    }

    private static double value(Graph graph, Map<String, DoubleTensor> logits) {
        return ReferenceEvaluator.evaluate(graph, Mode.TRAINING, logits, Map.of())
                .output()
                .data()[0];
    }

    @Test
    void anUnknownNameSuggestsTheNearest() {
        assertThatThrownBy(() -> Recipes.named("sngan-prj"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "unknown recipe \"sngan-prj\"; did you mean \"sngan-proj\"? (known: sngan-proj");
    }

    @Test
    void noNameMayBeRegisteredTwice() {
        assertThatThrownBy(() -> Recipes.byName(List.of(Recipes.SNGAN_PROJECTION, Recipes.SNGAN_PROJECTION)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("recipe \"sngan-proj\" is registered twice");
    }
}
