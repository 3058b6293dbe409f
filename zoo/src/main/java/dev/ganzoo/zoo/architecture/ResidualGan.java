package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;

/**
 * The residual networks of Miyato et al. 2018 (appendix B.4, for 32×32 images) with the class conditioning of Miyato and
 * Koyama 2018: conditional batch norm in the generator, projection in the discriminator.
 *
 * <p>Classes enter as {@code class_weights} (N, classes): a one-hot row for a class, a mixture for something between
 * classes.
 */
public final class ResidualGan {
    private static final int BOTTOM_WIDTH = 4;
    private static final int IMAGE_SIZE = 32;
    private static final double BLOCK_GAIN = Math.sqrt(2);

    private ResidualGan() {}

    /**
     * What the networks are built for.
     *
     * @param latent the length of z
     * @param classes how many classes there are
     * @param channels 1 for grey, 3 for RGB images
     * @param ngf the channels of the generator
     * @param ndf the channels of the discriminator
     * @param upsampling how the generator's blocks enlarge; the paper's code repeats pixels, Mimicry is bilinear
     * @param shortcutPreActivated whether a discriminator block's shortcut sees relu(x) as in Mimicry and StudioGAN, whose
     *     in-place ReLU changes x, rather than x as in the paper
     * @param pooling how the discriminator's features are pooled over the image
     */
    public record Spec(
            int latent,
            int classes,
            int channels,
            int ngf,
            int ndf,
            Interpolation upsampling,
            boolean shortcutPreActivated,
            Pooling pooling) {
        /** @throws IllegalArgumentException if a size is below 1 or the channels are neither 1 nor 3 */
        public Spec {
            atLeastOne("latent", latent);
            atLeastOne("classes", classes);
            atLeastOne("ngf", ngf);
            atLeastOne("ndf", ndf);
            if (channels != 1 && channels != 3) {
                throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
            }
        }

        private static void atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("%s must be at least 1, got %d".formatted(name, value));
            }
        }

        /** The published sizes: z of 128, 256 and 128 channels, as in the paper. */
        public static Spec published(int classes, int channels) {
            return new Spec(128, classes, channels, 256, 128, Interpolation.NEAREST, false, Pooling.SUM);
        }
    }

    /** Global pooling over height and width. */
    public enum Pooling {
        /** The sum, as in the paper. */
        SUM,
        /** The mean. */
        MEAN
    }

    /** {@code z} (N, latent), {@code class_weights} (N, classes) → {@code image} (N, channels, 32, 32) in [−1, 1]. */
    public static Graph generator(Spec spec) {
        Layers layers = Layers.plain();
        Node z = Node.input("z", Shape.of(Shape.N, spec.latent()));
        Node classWeights = Node.input("class_weights", Shape.of(Shape.N, spec.classes()));
        Node h = layers.linear("linear", z, BOTTOM_WIDTH * BOTTOM_WIDTH * spec.ngf(), 1)
                .reshape(Shape.N, spec.ngf(), BOTTOM_WIDTH, BOTTOM_WIDTH);
        int block = 1;
        for (int width = BOTTOM_WIDTH; width < IMAGE_SIZE; width *= 2) {
            h = upBlock(layers, "block" + block++, h, classWeights, spec);
        }
        h = layers.batchNorm("norm", h).relu();
        Node image = layers.conv("conv", h, spec.channels(), 3, 1).tanh();
        return Graph.of("generator", "image", image);
    }

    /**
     * {@code image} (N, channels, 32, 32) in [−1, 1], {@code class_weights} (N, classes) → {@code logit} (N, 1), high for
     * real.
     */
    public static Graph discriminator(Spec spec) {
        Layers layers = Layers.spectrallyNormalized();
        Node image = Node.input("image", Shape.of(Shape.N, spec.channels(), IMAGE_SIZE, IMAGE_SIZE));
        Node classWeights = Node.input("class_weights", Shape.of(Shape.N, spec.classes()));
        Node h = firstDownBlock(layers, "block1", image, spec.ndf());
        h = downBlock(layers, "block2", h, spec);
        h = plainBlock(layers, "block3", h, spec);
        h = plainBlock(layers, "block4", h, spec);
        h = h.relu();
        h = spec.pooling() == Pooling.SUM ? h.sum(2, 3) : h.mean(2, 3);
        Node projection = layers.embedding("embedding", classWeights, spec.ndf())
                .times(h)
                .sum(1)
                .reshape(Shape.N, 1);
        Node logit = layers.linear("linear", h, 1, 1).plus(projection);
        return Graph.of("discriminator", "logit", logit);
    }

    private static Node upBlock(Layers layers, String name, Node x, Node classWeights, Spec spec) {
        int channels = x.shape().extent(1);
        Node h = layers.conditionalBatchNorm(name + ".norm1", x, classWeights).relu();
        h = layers.conv(name + ".conv1", h.upsample(spec.upsampling(), 2), channels, 3, BLOCK_GAIN);
        h = layers.conditionalBatchNorm(name + ".norm2", h, classWeights).relu();
        h = layers.conv(name + ".conv2", h, channels, 3, BLOCK_GAIN);
        Node shortcut = layers.conv(name + ".shortcut", x.upsample(spec.upsampling(), 2), channels, 1, 1);
        return h.plus(shortcut);
    }

    private static Node firstDownBlock(Layers layers, String name, Node image, int ndf) {
        Node h = layers.conv(name + ".conv1", image, ndf, 3, BLOCK_GAIN).relu();
        h = layers.conv(name + ".conv2", h, ndf, 3, BLOCK_GAIN).avgPool(2);
        return h.plus(layers.conv(name + ".shortcut", image.avgPool(2), ndf, 1, 1));
    }

    private static Node downBlock(Layers layers, String name, Node x, Spec spec) {
        Node activated = x.relu();
        Node h = residual(layers, name, activated).avgPool(2);
        Node shortcut = spec.shortcutPreActivated() ? activated : x;
        return h.plus(
                layers.conv(name + ".shortcut", shortcut, spec.ndf(), 1, 1).avgPool(2));
    }

    private static Node plainBlock(Layers layers, String name, Node x, Spec spec) {
        Node activated = x.relu();
        return residual(layers, name, activated).plus(spec.shortcutPreActivated() ? activated : x);
    }

    private static Node residual(Layers layers, String name, Node activated) {
        int channels = activated.shape().extent(1);
        Node h =
                layers.conv(name + ".conv1", activated, channels, 3, BLOCK_GAIN).relu();
        return layers.conv(name + ".conv2", h, channels, 3, BLOCK_GAIN);
    }
}
