package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.json.Default;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The residual networks of Miyato et al. 2018 (appendix B.4), and what was built upon them: class conditioning by
 * conditional batch norm and projection (Miyato and Koyama 2018), a head that tells rotations (Chen et al. 2019),
 * self-attention (Zhang et al. 2019); without spectral norm, the networks of WGAN-GP (Gulrajani et al. 2017).
 *
 * <p>Classes enter as {@code class_weights} (N, classes): a one-hot row for a class, a mixture for something between
 * classes.
 */
public final class ResidualGan {
    private static final int MOST_ATTENTIVE_SIZE = 32;
    private static final int ATTENTIVE_DISCRIMINATOR_BLOCK = 2;

    private ResidualGan() {}

    /**
     * What the networks are built for.
     *
     * @param latent the length of z
     * @param classes how many classes there are
     * @param channels 1 for grey, 3 for RGB images
     * @param size height and width of the images: 32, 48, 64 or 128
     * @param ngf the channels of the generator where it is widest
     * @param ndf the channels of the discriminator where it is widest
     * @param upsampling how the generator's blocks enlarge; the paper's code repeats pixels, Mimicry is bilinear
     * @param shortcutPreActivated whether a discriminator block's shortcut sees relu(x) as in Mimicry and StudioGAN, whose
     *     in-place ReLU changes x, rather than x as in the paper
     * @param pooling how the discriminator's features are pooled over the image
     * @param conditioning what the networks know of classes
     * @param spectralNorm which networks' weights are spectrally normalised
     * @param attention whether both networks have a layer of self-attention: the generator where the image has half its
     *     size but at most 32, the discriminator after its second block, as in Mimicry
     * @param rotationHead whether the discriminator also tells by how many quarter turns an image is rotated
     * @param initialization how weights start
     */
    public record Spec(
            int latent,
            int classes,
            int channels,
            @Default("32") int size,
            int ngf,
            int ndf,
            Interpolation upsampling,
            boolean shortcutPreActivated,
            Pooling pooling,
            @Default("\"projection\"") Conditioning conditioning,
            @Default("\"discriminator\"") SpectralNorm spectralNorm,
            @Default("false") boolean attention,
            @Default("false") boolean rotationHead,
            @Default("\"xavier\"") Initialization initialization) {
        /** @throws IllegalArgumentException if a number is out of its range, naming it */
        public Spec {
            Check.extent("latent", latent);
            Check.extent("classes", classes);
            ResidualStages.of(size).check("ngf", ngf, "ndf", ndf);
            Check.channels(channels);
        }

        /** Class-conditional networks for images of 32 pixels with spectral norm in the discriminator. */
        public Spec(
                int latent,
                int classes,
                int channels,
                int ngf,
                int ndf,
                Interpolation upsampling,
                boolean shortcutPreActivated,
                Pooling pooling) {
            this(
                    latent,
                    classes,
                    channels,
                    32,
                    ngf,
                    ndf,
                    upsampling,
                    shortcutPreActivated,
                    pooling,
                    Conditioning.PROJECTION,
                    SpectralNorm.DISCRIMINATOR,
                    false,
                    false,
                    Initialization.XAVIER);
        }

        /** The published sizes: z of 128; 256 and 128 channels at 32 pixels, else 512 or 1,024 and 1,024. */
        public static Spec published(int classes, int channels, int size) {
            ResidualStages.of(size);
            int ngf = size == 32 ? 256 : size == 48 ? 512 : 1024;
            return new Spec(
                    128,
                    classes,
                    channels,
                    size,
                    ngf,
                    size == 32 ? 128 : 1024,
                    Interpolation.NEAREST,
                    false,
                    Pooling.SUM,
                    Conditioning.NONE,
                    SpectralNorm.DISCRIMINATOR,
                    false,
                    false,
                    Initialization.XAVIER);
        }

        /** These networks with classes: conditional batch norm and projection. */
        public Spec conditional() {
            return with(Conditioning.PROJECTION, spectralNorm, attention, rotationHead);
        }

        /** These networks with other weights normalised. */
        public Spec spectralNorm(SpectralNorm normalized) {
            return with(conditioning, normalized, attention, rotationHead);
        }

        /** These networks with self-attention. */
        public Spec attentive() {
            return with(conditioning, spectralNorm, true, rotationHead);
        }

        /** These networks with a head that tells rotations. */
        public Spec tellingRotations() {
            return with(conditioning, spectralNorm, attention, true);
        }

        private Spec with(Conditioning classesAs, SpectralNorm normalized, boolean attentive, boolean rotations) {
            return new Spec(
                    latent,
                    classes,
                    channels,
                    size,
                    ngf,
                    ndf,
                    upsampling,
                    shortcutPreActivated,
                    pooling,
                    classesAs,
                    normalized,
                    attentive,
                    rotations,
                    initialization);
        }
    }

    /** What the networks know of classes. */
    public enum Conditioning {
        /** Nothing. */
        NONE,
        /** The generator by batch norm with gains and biases a class, the discriminator by projection. */
        PROJECTION
    }

    /** Which networks' weights are spectrally normalised. */
    public enum SpectralNorm {
        /** None. */
        NONE,
        /** The discriminator's. */
        DISCRIMINATOR,
        /** The discriminator's and the generator's. */
        BOTH
    }

    /**
     * {@code z} (N, latent) and, if conditional, {@code class_weights} (N, classes) → {@code image} (N, channels, size,
     * size) in [−1, 1].
     */
    public static Graph generator(Spec spec) {
        Layers layers = Layers.plain(spec.initialization()).spectralNorm(spec.spectralNorm() == SpectralNorm.BOTH);
        ResidualBlocks blocks = new ResidualBlocks(layers, spec.shortcutPreActivated(), false);
        ResidualStages stages = ResidualStages.of(spec.size());
        Node z = Node.input("z", Shape.of(Shape.N, spec.latent()));
        BiFunction<String, Node, Node> norm = norm(layers, spec);
        Node h = layers.linear("linear", z, Check.values(spec.ngf(), stages.bottom()), 1)
                .reshape(Shape.N, spec.ngf(), stages.bottom(), stages.bottom());
        int block = 1;
        for (int divisor : stages.generator()) {
            h = blocks.up("block" + block++, h, spec.ngf() / divisor, spec.upsampling(), norm);
            if (spec.attention() && h.shape().extent(2) == Math.min(spec.size() / 2, MOST_ATTENTIVE_SIZE)) {
                h = layers.selfAttention("attention", h);
            }
        }
        h = layers.batchNorm("norm", h).relu();
        Node image = layers.conv("conv", h, spec.channels(), 3, 1).tanh();
        return Graph.of("generator", "image", image);
    }

    private static BiFunction<String, Node, Node> norm(Layers layers, Spec spec) {
        if (spec.conditioning() == Conditioning.NONE) {
            return layers::batchNorm;
        }
        Node classWeights = classWeights(spec);
        return (name, x) -> layers.conditionalBatchNorm(name, x, classWeights);
    }

    /**
     * {@code image} (N, channels, size, size) in [−1, 1] and, if conditional, {@code class_weights} (N, classes) → {@code
     * logit} (N, 1), high for real, and, with a rotation head, {@code rotation_logits} (N, 4).
     */
    public static Graph discriminator(Spec spec) {
        Layers layers = Layers.plain(spec.initialization()).spectralNorm(spec.spectralNorm() != SpectralNorm.NONE);
        ResidualBlocks blocks = new ResidualBlocks(layers, spec.shortcutPreActivated(), false);
        ResidualStages stages = ResidualStages.of(spec.size());
        Node h = Node.input("image", Shape.of(Shape.N, spec.channels(), spec.size(), spec.size()));
        int block = 1;
        for (int divisor : stages.discriminator()) {
            String name = "block" + block;
            h = block == 1
                    ? blocks.first(name, h, spec.ndf() / divisor)
                    : blocks.down(name, h, spec.ndf() / divisor, block <= stages.halved());
            if (spec.attention() && block == ATTENTIVE_DISCRIMINATOR_BLOCK) {
                h = layers.selfAttention("attention", h);
            }
            block++;
        }
        Node features = spec.pooling().of(h.relu());
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("logit", logit(layers, features, spec));
        if (spec.rotationHead()) {
            outputs.put("rotation_logits", layers.linear("rotation", features, 4, 1));
        }
        return Graph.of("discriminator", outputs);
    }

    private static Node logit(Layers layers, Node features, Spec spec) {
        Node logit = layers.linear("linear", features, 1, 1);
        return spec.conditioning() == Conditioning.NONE
                ? logit
                : logit.plus(layers.projection("embedding", features, classWeights(spec)));
    }

    private static Node classWeights(Spec spec) {
        return Node.input("class_weights", Shape.of(Shape.N, spec.classes()));
    }
}
