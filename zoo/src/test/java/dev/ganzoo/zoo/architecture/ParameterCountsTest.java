package dev.ganzoo.zoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.graph.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Published parameter counts: those of Mimicry (residual networks), StudioGAN (DCGAN, BigGAN) and Brock's CIFAR script at
 * 32×32×3 with 10 classes.
 */
@Tag("pure")
class ParameterCountsTest {
    private static final ResidualGan.Spec SNGAN = ResidualGan.Spec.published(10, 3, 32);

    static Stream<Arguments> published() {
        return Stream.of(
                residual("sngan", SNGAN, 4_276_739, 1_053_825),
                residual("wgan-gp", SNGAN.spectralNorm(ResidualGan.SpectralNorm.NONE), 4_276_739, 1_053_825),
                residual("sngan-proj", SNGAN.conditional(), 4_304_387, 1_055_105),
                residual("ssgan", SNGAN.tellingRotations(), 4_276_739, 1_054_341),
                residual(
                        "sagan",
                        SNGAN.conditional().attentive().spectralNorm(ResidualGan.SpectralNorm.BOTH),
                        4_386_308,
                        1_075_586),
                Arguments.of("dcgan", Architectures.DCGAN.networks(Dcgan.Spec.published(3, 32)), 3_812_355, 2_931_009),
                Arguments.of(
                        "biggan",
                        Architectures.BIGGAN.networks(BigGan.Spec.published(10, 3, 32)),
                        9_416_196,
                        2_415_170),
                Arguments.of(
                        "biggan-brock", Architectures.BIGGAN.networks(BigGan.Spec.brock(10, 3)), 4_304_387, 4_207_361));
    }

    private static Arguments residual(String name, ResidualGan.Spec spec, long generator, long discriminator) {
        return Arguments.of(name, Architectures.RESIDUAL.networks(spec), generator, discriminator);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void networksHaveThePublishedParameterCounts(
            String name, Networks<?> networks, long generator, long discriminator) {
        assertThat(networks.generator().parameterCount()).isEqualTo(generator);
        assertThat(networks.discriminator().parameterCount()).isEqualTo(discriminator);
        assertThat(networks.generator().output().shape()).isEqualTo(Shape.of(Shape.N, 3, 32, 32));
        assertThat(networks.discriminator().outputs().get("logit").shape()).isEqualTo(Shape.of(Shape.N, 1));
    }
}
