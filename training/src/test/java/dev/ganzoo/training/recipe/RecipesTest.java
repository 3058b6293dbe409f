package dev.ganzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.training.loss.Orthogonality;
import dev.ganzoo.zoo.architecture.BigGan;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
                assertThat(networks.discriminator().outputs().get("logit").shape())
                        .isEqualTo(Shape.of(Shape.N, 1));
                Graph discriminator = networks.discriminator();
                assertThat(procedure
                                .game()
                                .discriminatorAim(discriminator, 7)
                                .graph()
                                .outputs()
                                .values())
                        .allSatisfy(number -> assertThat(number.shape()).isEqualTo(Shape.of()));
                assertThat(procedure
                                .game()
                                .generatorAim(discriminator, networks.generator(), 7)
                                .graph()
                                .outputs()
                                .values())
                        .allSatisfy(number -> assertThat(number.shape()).isEqualTo(Shape.of()));
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
    void networksFollowTheSizeOfTheImages() {
        for (int size : new int[] {32, 48, 64, 128}) {
            for (Recipe recipe : List.of(Recipes.SNGAN, Recipes.SSGAN)) {
                assertThat(TrainingPlan.of(recipe, recipe.example().sized(size), 0)
                                .imageSize())
                        .hasValue(size);
            }
        }
    }

    @Test
    void theNetworksOfBigGansAuthorsForCifar10AreSettings() {
        Matcher written = Pattern.compile("`(\\w+)=([^`]+)`").matcher(Recipes.BIGGAN.about());
        Map<String, String> settings =
                written.results().collect(Collectors.toMap(setting -> setting.group(1), setting -> setting.group(2)));

        TrainingPlan plan =
                TrainingPlan.of(Recipes.BIGGAN, DataSpec.LIKE_CIFAR10, 0).with(settings);

        assertThat(plan.networks().spec()).isEqualTo(BigGan.Spec.brock(10, 3));
        assertThat(((Adversarial) plan.procedure()).game().terms()).contains(Orthogonality.none());
    }

    @Test
    void anUnknownNameSuggestsTheNearest() {
        assertThatThrownBy(() -> Recipes.named("sngan-prj"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown recipe \"sngan-prj\"; did you mean \"sngan-proj\"? (known: dcgan, ");
    }

    @Test
    void noNameMayBeRegisteredTwice() {
        assertThatThrownBy(() -> Recipes.book().and(Recipes.SNGAN_PROJECTION))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("recipe \"sngan-proj\" is registered twice");
    }
}
