package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Networks of every architecture and of every choice that a spec offers, of few channels. */
public final class TinyNetworks {
    private static final int CLASSES = 3;

    private TinyNetworks() {}

    /** All networks, at least one of each architecture. */
    public static List<Networks<?>> all() {
        List<Networks<?>> all = new ArrayList<>();
        residual().map(Architectures.RESIDUAL::networks).forEach(all::add);
        bigGan().map(Architectures.BIGGAN::networks).forEach(all::add);
        for (Initialization start : Initialization.values()) {
            all.add(Architectures.DCGAN.networks(
                    new Dcgan.Spec(5, 1, 28, 2, 3, start == Initialization.ORTHOGONAL, start)));
            all.add(Architectures.CONDITIONAL_DCGAN.networks(new ConditionalDcgan.Spec(
                    5,
                    CLASSES,
                    3,
                    32,
                    4,
                    2,
                    3,
                    start == Initialization.XAVIER ? 0 : 0.2,
                    start == Initialization.ORTHOGONAL,
                    start == Initialization.NORMAL,
                    start)));
        }
        all.add(Architectures.AUXILIARY.networks(new AuxiliaryGan.Spec(7, CLASSES, 3, 16, 4)));
        for (SemiSupervisedGan.Heads heads : SemiSupervisedGan.Heads.values()) {
            all.add(Architectures.SEMI_SUPERVISED.networks(new SemiSupervisedGan.Spec(5, CLASSES, 1, 28, 2, 3, heads)));
        }
        all.add(Architectures.THREE_CONVOLUTIONS.networks(new ThreeConvolutions.Spec(CLASSES, 1, 28, 3)));
        all.add(Architectures.EIGHT_CONVOLUTIONS.networks(new EightConvolutions.Spec(CLASSES, 1, 28, 3)));
        return all;
    }

    /** The graphs of {@link #all}. */
    public static Stream<Graph> graphs() {
        return all().stream().flatMap(networks -> networks.graphs().stream());
    }

    private static Stream<ResidualGan.Spec> residual() {
        ResidualGan.Spec plain = residual(32, 4);
        return Stream.of(
                plain,
                plain.spectralNorm(ResidualGan.SpectralNorm.NONE),
                plain.conditional(),
                plain.tellingRotations(),
                plain.conditional().attentive().spectralNorm(ResidualGan.SpectralNorm.BOTH),
                residual(48, 16),
                residual(64, 16).tellingRotations(),
                residual(128, 16).attentive());
    }

    private static ResidualGan.Spec residual(int size, int width) {
        boolean small = size < 64;
        return new ResidualGan.Spec(
                5,
                CLASSES,
                small ? 3 : 1,
                size,
                width,
                width,
                small ? Interpolation.NEAREST : Interpolation.BILINEAR,
                small,
                small ? Pooling.SUM : Pooling.MEAN,
                ResidualGan.Conditioning.NONE,
                ResidualGan.SpectralNorm.DISCRIMINATOR,
                false,
                false,
                Initialization.XAVIER);
    }

    private static Stream<BigGan.Spec> bigGan() {
        Initialization start = Initialization.ORTHOGONAL;
        return Stream.of(
                new BigGan.Spec(8, CLASSES, 3, 32, 4, 4, 6, true, true, start),
                new BigGan.Spec(8, CLASSES, 3, 32, 4, 4, 6, false, false, start),
                new BigGan.Spec(8, CLASSES, 3, 32, 4, 4, 0, false, true, start),
                new BigGan.Spec(10, CLASSES, 1, 64, 16, 16, 6, true, true, start));
    }
}
