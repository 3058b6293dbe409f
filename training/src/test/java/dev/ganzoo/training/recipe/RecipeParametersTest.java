package dev.ganzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.architecture.ParameterCounts;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks that recipes have by default, against the counts of others. */
@Tag("pure")
class RecipeParametersTest {
    static Stream<ParameterCounts> counts() {
        return ParameterCounts.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counts")
    void plansHaveTheCountsOfOthers(ParameterCounts counts) {
        Recipe recipe = Recipes.named(counts.recipe());
        DataSpec data = recipe.example().sized(counts.size());
        Networks<?> networks = TrainingPlan.of(recipe, data, 0).networks();

        assertThat(data.channels()).isEqualTo(counts.channels());
        assertThat(networks.generator().parameterCount()).isEqualTo(counts.generator());
        assertThat(networks.discriminator().parameterCount()).isEqualTo(counts.discriminator());
    }

    @Test
    void everyRecipeOfTwoNetworksIsCounted() {
        Stream<String> recipes = Recipes.all().stream()
                .filter(recipe -> recipe.procedure() instanceof Adversarial)
                .map(Recipe::name);

        assertThat(counts().map(ParameterCounts::recipe)).containsAll(recipes.toList());
    }
}
