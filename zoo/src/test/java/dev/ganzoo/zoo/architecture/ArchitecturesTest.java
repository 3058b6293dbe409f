package dev.ganzoo.zoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ArchitecturesTest {
    private static final ResidualGan.Spec SPEC =
            new ResidualGan.Spec(16, 10, 1, 8, 4, Interpolation.BILINEAR, true, Pooling.MEAN);

    private static final String JSON = """
            {"name":"residual","latent":16,"classes":10,"channels":1,"size":32,"ngf":8,"ndf":4,\
            "upsampling":"bilinear","shortcutPreActivated":true,"pooling":"mean","conditioning":"projection",\
            "spectralNorm":"discriminator","attention":false,"rotationHead":false,"initialization":"xavier"}""";

    @Test
    void networksAreWrittenAsNameAndSpec() {
        assertThat(Architectures.RESIDUAL.networks(SPEC).toJson()).hasToString(JSON);
    }

    @Test
    void networksAreReadAsWritten() throws Exception {
        Networks<?> networks = Architectures.read(parse(JSON));

        assertThat(networks).isEqualTo(Architectures.RESIDUAL.networks(SPEC));
        assertThat(networks.generator().inputs()).hasSize(2);
        assertThat(networks.discriminator().output().shape())
                .isEqualTo(ResidualGan.discriminator(SPEC).output().shape());
    }

    @Test
    void networksWrittenBeforeTheyHadAChoiceAreReadAsTheyWere() throws Exception {
        ObjectNode json = parse(JSON).deepCopy();
        json.remove(List.of("size", "conditioning", "spectralNorm", "attention", "rotationHead", "initialization"));

        assertThat(Architectures.read(json)).isEqualTo(Architectures.RESIDUAL.networks(SPEC));
    }

    @Test
    void everyArchitectureIsFoundByItsName() {
        for (Architecture<?> architecture : Architectures.all()) {
            assertThat(Architectures.named(architecture.name())).isSameAs(architecture);
        }
    }

    @Test
    void networksOfOneSpecAreTheSameGraph() {
        Networks<?> networks = Architectures.RESIDUAL.networks(SPEC);

        assertThat(networks.generator().nodes().stream().map(Object::toString))
                .containsExactlyElementsOf(networks.generator().nodes().stream()
                        .map(Object::toString)
                        .toList());
        assertThat(networks.generator()).extracting(Graph::name).isEqualTo("generator");
    }

    @Test
    void unknownArchitectureSuggestsTheNearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architectures.named("residuals"))
                .withMessageStartingWith(
                        "unknown architecture \"residuals\"; did you mean \"residual\"? (known: residual, ");
    }

    @Test
    void unknownFieldSuggestsTheNearest() throws Exception {
        ObjectNode json = parse(JSON).deepCopy();
        json.put("latnet", 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architectures.read(json))
                .withMessageStartingWith(
                        "unknown field of architecture residual \"latnet\"; did you mean \"latent\"? (known: latent, ");
    }

    @Test
    void missingFieldsAreNamed() throws Exception {
        ObjectNode json = parse(JSON).deepCopy();
        json.remove("ngf");
        json.putNull("pooling");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architectures.read(json))
                .withMessage("architecture residual must have ngf, pooling");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            upsampling           | "cubic" | upsampling must be "nearest" or "bilinear", got "cubic"
            upsampling           | 0       | upsampling must be "nearest" or "bilinear", got 0
            ngf                  | "many"  | ngf must be a whole number, got "many"
            ngf                  | "64"    | ngf must be a whole number, got "64"
            ngf                  | 1.5     | ngf must be a whole number, got 1.5
            ngf                  | 0       | ngf must be at least 1, got 0
            channels             | 2       | channels must be 1 or 3, got 2
            shortcutPreActivated | "no"    | shortcutPreActivated must be true or false, got "no"
            """)
    void wrongValuesAreTold(String field, String value, String message) throws Exception {
        ObjectNode json = parse(JSON).deepCopy();
        json.set(field, parse(value));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architectures.read(json))
                .withMessage(message);
    }

    @Test
    void namelessOrShapelessJsonIsToldSo() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architectures.read(parse("[]")))
                .withMessage("architecture must be an object, got []");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architectures.read(parse("{}")))
                .withMessage("architecture must have a name, got {}");
    }

    private static JsonNode parse(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
