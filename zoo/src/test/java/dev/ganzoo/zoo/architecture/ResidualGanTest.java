package dev.ganzoo.zoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Published parameter counts: Mimicry's cGAN with projection at 32×32×3 and 10 classes. */
@Tag("pure")
class ResidualGanTest {
    private static final ResidualGan.Spec CIFAR = ResidualGan.Spec.published(10, 3);

    @Test
    void generatorHasThePublishedParameterCount() {
        Graph generator = ResidualGan.generator(CIFAR);

        assertThat(generator.parameterCount()).isEqualTo(4_304_387);
        assertThat(generator.output().shape()).isEqualTo(Shape.of(Shape.N, 3, 32, 32));
    }

    @Test
    void discriminatorHasThePublishedParameterCount() {
        Graph discriminator = ResidualGan.discriminator(CIFAR);

        assertThat(discriminator.parameterCount()).isEqualTo(1_055_105);
        assertThat(discriminator.output().shape()).isEqualTo(Shape.of(Shape.N, 1));
    }
}
