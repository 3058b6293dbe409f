package dev.ganzoo.zoo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.latent.Truncation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ModelCardTest {
    private final CardBuilder builder = TinyModels.card("tiny");

    @Test
    void survivesJson() {
        ModelCard card = builder.quality("fid", 40.5, 0.25, Map.of("samples", "10000"))
                .description("ψ")
                .build();

        byte[] json = card.json().getBytes(StandardCharsets.UTF_8);

        assertThat(CardJson.read(json, "here")).isEqualTo(card);
        assertThat(card.json()).contains("\"recommended\" : \"scaled:0.8\"").contains("\"task\" : \"generator\"");
    }

    @Test
    void whatMayBeLeftOutHasDefaults() {
        ModelCard card = ModelCard.generator("grey")
                .dataset("mnist")
                .latent(4)
                .image(1, 28, 28)
                .provenance(new ModelCard.Provenance("sngan", null, 1, false, null, null, null))
                .parity(0, 0, 1)
                .build();

        assertThat(card.conditional()).isFalse();
        assertThat(card.title()).isEqualTo("grey");
        assertThat(card.truncation().byDefault()).isEqualTo(Truncation.none());
        assertThat(CardJson.read(card.json().getBytes(StandardCharsets.UTF_8), "here"))
                .isEqualTo(card);
    }

    @Test
    void aNewMeasurementReplacesTheOldOneOfItsProtocol() {
        Map<String, String> protocol = Map.of("samples", "100");
        ModelCard card = builder.quality("fid", 3, null, protocol).build();

        ModelCard measured = card.withQuality(new ModelCard.Quality("fid", 2, null, protocol))
                .withQuality(new ModelCard.Quality("fid", 1, null, Map.of("samples", "200")));

        assertThat(measured.quality()).extracting(ModelCard.Quality::value).containsExactly(2.0, 1.0);
    }

    @Test
    void refusesWhatIsMissingOrWrong() {
        assertRefused(ModelCard.generator("Tiny"), "name must match [a-z0-9][a-z0-9._-]{0,63}, got Tiny");
        assertRefused(ModelCard.generator("x"), "dataset must be given");
        assertRefused(builder.labels(List.of("a", "a")), "labels must differ from each other, got [a, a]");
        assertThatThrownBy(() -> builder.parity(2e-4, 1e-4, 1))
                .hasMessage("parity.maxAbsoluteError must be in 0..tolerance (1.0E-4), got 2.0E-4");
        assertThatThrownBy(() -> builder.quality("fid", 1, null, Map.of()))
                .hasMessage("quality.protocol must be given, got {}");
        assertThatThrownBy(() -> builder.image(4, 8, 8)).hasMessage("image.channels must be 1 or 3, got 4");
    }

    private static void assertRefused(CardBuilder builder, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
