package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.List;

/**
 * The conditional DCGAN of the report <i>Building a Conditional GAN for CIFAR-10</i>: the networks of PyTorch's DCGAN
 * tutorial, told the class by an embedding of length 1 beside z, and by a learned plane beside the image (after Mirza and
 * Osindero 2014).
 *
 * <p>Classes enter as {@code class_weights} (N, classes): a one-hot row for a class, a mixture for something between
 * classes.
 */
public final class ConditionalDcgan {
    private static final double SLOPE = 0.2;

    private ConditionalDcgan() {}

    /**
     * What the networks are built for.
     *
     * @param latent the length of z
     * @param classes how many classes there are
     * @param channels 1 for grey, 3 for RGB images
     * @param size height and width of the images: 4, 5, 6 or 7 times a power of two
     * @param embedding the length of the generator's class embeddings
     * @param ngf the channels of the generator's last layer but one; each before it has twice as many
     * @param ndf the channels of the discriminator's first layer; each after it has twice as many
     * @param dropout how likely a channel of the discriminator's last features is dropped, in [0, 1)
     * @param spectralNorm whether the discriminator's convolutions are spectrally normalised, beside its batch norm
     * @param normalizedPlanes whether the discriminator's class planes have length 1, as those of the report's last networks
     * @param initialization how weights start
     */
    public record Spec(
            int latent,
            int classes,
            int channels,
            int size,
            int embedding,
            int ngf,
            int ndf,
            double dropout,
            boolean spectralNorm,
            boolean normalizedPlanes,
            Initialization initialization) {
        /** @throws IllegalArgumentException if a number is out of its range, naming it */
        public Spec {
            Check.extent("latent", latent);
            Check.extent("classes", classes);
            Check.channels(channels);
            Doublings.of(size);
            Check.extent("embedding", embedding);
            Check.extent("ngf", ngf);
            Check.extent("ndf", ndf);
            Check.that(dropout >= 0 && dropout < 1, "dropout must be in [0, 1)", dropout);
        }

        /** The report's sizes: z of 128, embeddings of 128, 64 channels next to the image, dropout of 0.2, weights
         * N(0, 0.02). */
        public static Spec published(int classes, int channels, int size) {
            return new Spec(128, classes, channels, size, 128, 64, 64, 0.2, false, false, Initialization.NORMAL);
        }
    }

    /** {@code z} (N, latent), {@code class_weights} (N, classes) → {@code image} (N, channels, size, size) in [−1, 1]. */
    public static Graph generator(Spec spec) {
        Layers layers = Layers.plain(spec.initialization());
        Layers bare = layers.unbiased();
        Doublings doublings = Doublings.of(spec.size());
        Node z = Node.input("z", Shape.of(Shape.N, spec.latent()));
        Node embedding = ofLengthOne(layers.embedding("embedding", classWeights(spec), spec.embedding()));
        Node h = layers.linear("linear", Node.concat(1, List.of(z, embedding)), spec.latent(), 1)
                .reshape(Shape.N, spec.latent(), 1, 1);
        int width = doublings.widest(spec.ngf());
        h = layers.batchNorm("norm0", bare.spreadingConv("up0", h, width, doublings.bottom()))
                .relu();
        for (int i = 1; i < doublings.count(); i++) {
            width /= 2;
            h = layers.batchNorm("norm" + i, bare.doublingConv("up" + i, h, width))
                    .relu();
        }
        Node image = bare.doublingConv("up" + doublings.count(), h, spec.channels());
        return Graph.of("generator", "image", image.tanh());
    }

    /**
     * {@code image} (N, channels, size, size) in [−1, 1], {@code class_weights} (N, classes) → {@code logit} (N, 1), high
     * for real.
     */
    public static Graph discriminator(Spec spec) {
        Layers layers = Layers.plain(spec.initialization());
        Layers bare = layers.unbiased().spectralNorm(spec.spectralNorm());
        Node image = Node.input("image", Shape.of(Shape.N, spec.channels(), spec.size(), spec.size()));
        Node plane = layers.embedding("embedding", classWeights(spec), spec.size() * spec.size());
        Node h = Node.concat(
                1,
                List.of(
                        image,
                        (spec.normalizedPlanes() ? ofLengthOne(plane) : plane)
                                .reshape(Shape.N, 1, spec.size(), spec.size())));
        int width = spec.ndf();
        h = bare.halvingConv("down1", h, width).leakyRelu(SLOPE);
        for (int i = 2; i <= Doublings.of(spec.size()).count(); i++) {
            width *= 2;
            h = layers.batchNorm("norm" + i, bare.halvingConv("down" + i, h, width))
                    .leakyRelu(SLOPE);
        }
        return Graph.of("discriminator", "logit", bare.wholeConv("conv", h, 1).reshape(Shape.N, 1));
    }

    private static Node classWeights(Spec spec) {
        return Node.input("class_weights", Shape.of(Shape.N, spec.classes()));
    }

    private static Node ofLengthOne(Node rows) {
        return rows.dividedBy(rows.times(rows).sum(1).sqrt().reshape(Shape.N, 1));
    }
}
