package dev.ganzoo.zoo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class SuggestionsTest {
    private static final List<String> MODELS = List.of("dcgan", "sngan", "sngan-proj");

    @Test
    void namesTheKindTheGivenTheNearestAndAllKnown() {
        assertThat(Suggestions.unknown("model", "sngan-prj", MODELS))
                .isEqualTo("unknown model \"sngan-prj\"; did you mean \"sngan-proj\"?"
                        + " (known: dcgan, sngan, sngan-proj)");
    }

    @Test
    void asksNothingWhereNothingIsNear() {
        assertThat(Suggestions.unknown("dataset", "imagenet", List.of("cifar10", "mnist")))
                .isEqualTo("unknown dataset \"imagenet\" (known: cifar10, mnist)");
        assertThat(Suggestions.unknown("class", "cat", List.of())).isEqualTo("unknown class \"cat\" (known: none)");
    }

    @Test
    void countsASwapOfNeighboursAsOneErrorAndIgnoresCase() {
        assertThat(Suggestions.nearest("sgnan", MODELS)).contains("sngan");
        assertThat(Suggestions.nearest("DCGAN", MODELS)).contains("dcgan");
        assertThat(Suggestions.nearest("cta", List.of("dog", "cat"))).contains("cat");
        assertThat(Suggestions.nearest("", MODELS)).isEmpty();
    }
}
