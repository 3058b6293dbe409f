package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;

/**
 * The networks of DCGAN (Radford et al. 2016): transposed convolutions with batch norm and ReLU make the image, convolutions
 * of stride 2 with batch norm and leaky ReLU judge it. As StudioGAN builds them: the generator ends with a 3×3 convolution,
 * and the discriminator has one before each halving.
 */
public final class Dcgan {
    private static final double SLOPE = 0.2;

    private Dcgan() {}

    /**
     * What the networks are built for.
     *
     * @param latent the length of z
     * @param channels 1 for grey, 3 for RGB images
     * @param size height and width of the images: 4, 5, 6 or 7 times a power of two
     * @param ngf the channels of the generator's last transposed convolution; each before it has twice as many
     * @param ndf the channels of the discriminator's first block; each after it has twice as many
     * @param spectralNorm whether the discriminator has spectral norm in place of batch norm
     * @param initialization how weights start
     */
    public record Spec(
            int latent, int channels, int size, int ngf, int ndf, boolean spectralNorm, Initialization initialization) {
        /** @throws IllegalArgumentException if a number is out of its range, naming it */
        public Spec {
            Check.extent("latent", latent);
            Check.channels(channels);
            Doublings.of(size);
            Check.extent("ngf", ngf);
            Check.extent("ndf", ndf);
        }

        /** z of 128 and 64 channels next to the image, as StudioGAN; weights N(0, 0.02), as the paper. */
        public static Spec published(int channels, int size) {
            return new Spec(128, channels, size, 64, 64, false, Initialization.NORMAL);
        }
    }

    /** {@code z} (N, latent) → {@code image} (N, channels, size, size) in [−1, 1]. */
    public static Graph generator(Spec spec) {
        Layers layers = Layers.plain(spec.initialization());
        Doublings doublings = Doublings.of(spec.size());
        int bottom = doublings.bottom();
        int width = 2 * doublings.widest(spec.ngf());
        Node z = Node.input("z", Shape.of(Shape.N, spec.latent()));
        Node h = layers.linear("linear", z, Check.values(width, bottom), 1).reshape(Shape.N, width, bottom, bottom);
        for (int i = 1; i <= doublings.count(); i++) {
            width /= 2;
            h = layers.batchNorm("norm" + i, layers.doublingConv("up" + i, h, width))
                    .relu();
        }
        return Graph.of(
                "generator",
                "image",
                layers.conv("conv", h, spec.channels(), 3, 1).tanh());
    }

    /** {@code image} (N, channels, size, size) in [−1, 1] → {@code logit} (N, 1), high for real. */
    public static Graph discriminator(Spec spec) {
        Layers layers = Layers.plain(spec.initialization()).spectralNorm(spec.spectralNorm());
        Node h = Node.input("image", Shape.of(Shape.N, spec.channels(), spec.size(), spec.size()));
        int width = spec.ndf();
        for (int i = 1; i <= Doublings.of(spec.size()).count(); i++) {
            h = activated(layers, spec, "norm" + i + "a", layers.conv("conv" + i, h, width, 3, 1));
            h = activated(layers, spec, "norm" + i + "b", layers.halvingConv("down" + i, h, width));
            width *= 2;
        }
        h = activated(layers, spec, "norm", layers.conv("conv", h, width, 3, 1));
        return Graph.of("discriminator", "logit", layers.linear("linear", Pooling.SUM.of(h), 1, 1));
    }

    private static Node activated(Layers layers, Spec spec, String norm, Node h) {
        return (spec.spectralNorm() ? h : layers.batchNorm(norm, h)).leakyRelu(SLOPE);
    }
}
