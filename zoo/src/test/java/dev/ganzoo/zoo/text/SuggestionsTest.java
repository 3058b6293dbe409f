package dev.ganzoo.zoo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    batchSize           | batch
                    batch_size          | batch
                    learningRate        | generatorLearningRate, discriminatorLearningRate
                    learningrate        | generatorLearningRate, discriminatorLearningRate
                    ema                 | emaDecay, emaStart
                    decaySteps          | decay
                    r1Penalty           | r1
                    discriminatorSpeed  | -
                    valueOfE            | -
                    imagesToBatch       | batch
                    embattled           | -
                    """)
    void suggestsWhatSharesItsWords(String given, String suggested) {
        List<String> settings = List.of(
                "batch",
                "generatorLearningRate",
                "discriminatorLearningRate",
                "decay",
                "emaDecay",
                "emaStart",
                "r1",
                "e");

        String question =
                suggested == null ? "" : "; did you mean \"%s\"?".formatted(suggested.replace(", ", "\" or \""));
        assertThat(Suggestions.unknown("setting", given, settings))
                .startsWith("unknown setting \"%s\"%s (known: ".formatted(given, question));
    }

    @Test
    void suggestsNothingWhereManyShareItsWords() {
        List<String> layers = List.of("block1.conv1", "block2.conv1", "block3.conv1", "block4.conv1");

        assertThat(Suggestions.unknown("layer", "conv1", layers)).startsWith("unknown layer \"conv1\" (known: ");
    }

    @Test
    void knowsWhatOthersCallIt() {
        Map<String, List<String>> elsewhere = Map.of("width", List.of("ngf", "ndf", "channels"));

        assertThat(Suggestions.unknown("setting", "Width", List.of("ngf", "ndf"), elsewhere))
                .isEqualTo("unknown setting \"Width\"; did you mean \"ngf\" or \"ndf\"? (known: ngf, ndf)");
        assertThat(Suggestions.unknown("setting", "width", List.of("latent"), elsewhere))
                .isEqualTo("unknown setting \"width\" (known: latent)");
    }

    @Test
    void explainsNamesThatNeedIt() {
        Map<String, String> known = new TreeMap<>(Map.of("hinge", "with margins", "plain", "without"));

        assertThat(Suggestions.unknown("loss", "hinges", known, Map.of()))
                .isEqualTo(
                        "unknown loss \"hinges\"; did you mean \"hinge\"? (known: hinge: with margins; plain: without)");
    }
}
