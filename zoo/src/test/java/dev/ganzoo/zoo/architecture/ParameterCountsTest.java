package dev.ganzoo.zoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.architecture.ResidualGan.SpectralNorm;
import dev.ganzoo.zoo.graph.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published specs against the counts of others. */
@Tag("pure")
class ParameterCountsTest {
    private static final int CLASSES = 10;

    static Stream<ParameterCounts> counts() {
        return ParameterCounts.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counts")
    void publishedSpecsHaveTheCountsOfOthers(ParameterCounts counts) {
        Networks<?> networks = networks(counts);

        assertThat(networks.generator().parameterCount()).isEqualTo(counts.generator());
        assertThat(networks.discriminator().parameterCount()).isEqualTo(counts.discriminator());
        assertThat(networks.generator().output().shape())
                .isEqualTo(Shape.of(Shape.N, counts.channels(), counts.size(), counts.size()));
        assertThat(networks.discriminator().outputs().get("logit").shape()).isEqualTo(Shape.of(Shape.N, 1));
    }

    private static Networks<?> networks(ParameterCounts counts) {
        int channels = counts.channels();
        int size = counts.size();
        return switch (counts.recipe()) {
            case "sngan" -> Architectures.RESIDUAL.networks(residual(size));
            case "wgan-gp", "dcgan-residual" ->
                Architectures.RESIDUAL.networks(residual(size).spectralNorm(SpectralNorm.NONE));
            case "sngan-proj" -> Architectures.RESIDUAL.networks(residual(size).conditional());
            case "ssgan" -> Architectures.RESIDUAL.networks(residual(size).tellingRotations());
            case "sagan" ->
                Architectures.RESIDUAL.networks(
                        residual(size).conditional().attentive().spectralNorm(SpectralNorm.BOTH));
            case "dcgan", "lsgan" -> Architectures.DCGAN.networks(Dcgan.Spec.published(channels, size));
            case "biggan" -> Architectures.BIGGAN.networks(BigGan.Spec.published(CLASSES, channels, size));
            case "cdcgan" ->
                Architectures.CONDITIONAL_DCGAN.networks(ConditionalDcgan.Spec.published(CLASSES, channels, size));
            case "acgan-wgan-gp" ->
                Architectures.AUXILIARY.networks(AuxiliaryGan.Spec.published(CLASSES, channels, size));
            case "sgan" ->
                Architectures.SEMI_SUPERVISED.networks(SemiSupervisedGan.Spec.published(CLASSES, channels, size));
            default -> throw new IllegalArgumentException("no spec of " + counts);
        };
    }

    private static ResidualGan.Spec residual(int size) {
        return ResidualGan.Spec.published(CLASSES, 3, size);
    }

    /** As those of Brock's script for CIFAR-10. */
    @Test
    void brocksNetworksHaveTheCountsOfHisScript() {
        Networks<?> networks = Architectures.BIGGAN.networks(BigGan.Spec.brock(CLASSES, 3));

        assertThat(networks.generator().parameterCount()).isEqualTo(4_304_387);
        assertThat(networks.discriminator().parameterCount()).isEqualTo(4_207_361);
    }
}
