package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The networks of BigGAN (Brock et al. 2019): residual blocks with spectral norm in both networks, self-attention, class
 * embeddings that all of the generator's batch norms share, and latents that enter every block (skip-z).
 *
 * <p>Sizes for CIFAR-10 are those of StudioGAN; those of the authors' own CIFAR script, which has neither attention nor
 * skip-z nor a shared embedding and is wider in the discriminator, are {@link Spec#brock}.
 *
 * <p>Classes enter as {@code class_weights} (N, classes): a one-hot row for a class, a mixture for something between
 * classes.
 */
public final class BigGan {
    private BigGan() {}

    /**
     * What the networks are built for.
     *
     * @param latent the length of z; with hierarchical latents, a multiple of the generator's blocks and one
     * @param classes how many classes there are
     * @param channels 1 for grey, 3 for RGB images
     * @param size height and width of the images: 32, 64 or 128
     * @param ngf the channels of the generator where it is widest
     * @param ndf the channels of the discriminator where it is widest
     * @param sharedEmbedding the length of the class embeddings that all batch norms share, or 0 for gains and biases a
     *     class in each of them
     * @param hierarchicalLatents whether each block gets a part of z of its own beside the class; needs a shared embedding
     * @param attention whether both networks have self-attention where the image has half its size
     * @param initialization how weights start
     */
    public record Spec(
            int latent,
            int classes,
            int channels,
            int size,
            int ngf,
            int ndf,
            int sharedEmbedding,
            boolean hierarchicalLatents,
            boolean attention,
            Initialization initialization) {
        /** @throws IllegalArgumentException if a number is out of its range, or the settings contradict each other */
        public Spec {
            Check.extent("latent", latent);
            Check.extent("classes", classes);
            Check.that(size == 32 || size == 64 || size == 128, "size must be 32, 64 or 128", size);
            ResidualStages stages = ResidualStages.of(size);
            stages.check("ngf", ngf, "ndf", ndf);
            Check.channels(channels);
            Check.extentOrNone("sharedEmbedding", sharedEmbedding);
            if (hierarchicalLatents) {
                Check.that(
                        sharedEmbedding > 0,
                        "sharedEmbedding must be at least 1 with hierarchicalLatents",
                        sharedEmbedding);
                Check.multipleOf(
                        stages.generator().size() + 1, "latent with hierarchicalLatents at size " + size, latent);
            }
        }

        /** StudioGAN's sizes for CIFAR-10, and the paper's of width 96 for larger images. */
        public static Spec published(int classes, int channels, int size) {
            int parts = ResidualStages.of(size).generator().size() + 1;
            int widest = size == 32 ? 4 : 16;
            return new Spec(
                    20 * parts,
                    classes,
                    channels,
                    size,
                    96 * widest,
                    size == 32 ? 2 * 96 : 96 * widest,
                    128,
                    true,
                    true,
                    Initialization.ORTHOGONAL);
        }

        /** The networks of the authors' script for CIFAR-10, of 32 pixels, whose weights start N(0, 0.02). */
        public static Spec brock(int classes, int channels) {
            return new Spec(128, classes, channels, 32, 256, 256, 0, false, false, Initialization.NORMAL);
        }
    }

    /** {@code z} (N, latent), {@code class_weights} (N, classes) → {@code image} (N, channels, size, size) in [−1, 1]. */
    public static Graph generator(Spec spec) {
        Layers layers = Layers.spectrallyNormalized(spec.initialization());
        ResidualBlocks blocks = new ResidualBlocks(layers, false, true);
        ResidualStages stages = ResidualStages.of(spec.size());
        Node z = Node.input("z", Shape.of(Shape.N, spec.latent()));
        Node classes = classes(layers, spec);
        int part =
                spec.hierarchicalLatents() ? spec.latent() / (stages.generator().size() + 1) : spec.latent();
        Node h = layers.linear("linear", z.slice(1, 0, part), Check.values(spec.ngf(), stages.bottom()), 1)
                .reshape(Shape.N, spec.ngf(), stages.bottom(), stages.bottom());
        int block = 1;
        for (int divisor : stages.generator()) {
            String name = "block" + block;
            Node condition = classes;
            if (spec.hierarchicalLatents()) {
                Node own = z.slice(1, block * part, (block + 1) * part);
                condition = Node.concat(1, List.of(classes, own)).named(name + ".condition");
            }
            h = blocks.up(name, h, spec.ngf() / divisor, Interpolation.NEAREST, norm(layers, spec, condition));
            block++;
            h = attention(layers, spec, h);
        }
        h = layers.batchNorm("norm", h).relu();
        return Graph.of(
                "generator",
                "image",
                layers.conv("conv", h, spec.channels(), 3, 1).tanh());
    }

    private static Node classes(Layers layers, Spec spec) {
        Node classWeights = Node.input("class_weights", Shape.of(Shape.N, spec.classes()));
        return spec.sharedEmbedding() == 0
                ? classWeights
                : layers.spectralNorm(false).embedding("embedding", classWeights, spec.sharedEmbedding());
    }

    private static BiFunction<String, Node, Node> norm(Layers layers, Spec spec, Node condition) {
        return spec.sharedEmbedding() == 0
                ? (name, x) -> layers.conditionalBatchNorm(name, x, condition)
                : (name, x) -> layers.modulatedBatchNorm(name, x, condition);
    }

    /**
     * {@code image} (N, channels, size, size) in [−1, 1], {@code class_weights} (N, classes) → {@code logit} (N, 1), high
     * for real.
     */
    public static Graph discriminator(Spec spec) {
        Layers layers = Layers.spectrallyNormalized(spec.initialization());
        ResidualBlocks blocks = new ResidualBlocks(layers, false, true);
        ResidualStages stages = ResidualStages.of(spec.size()).lastKept();
        Node h = Node.input("image", Shape.of(Shape.N, spec.channels(), spec.size(), spec.size()));
        h = attention(
                layers,
                spec,
                blocks.first("block1", h, spec.ndf() / stages.discriminator().get(0)));
        for (int block = 2; block <= stages.discriminator().size(); block++) {
            int channels = spec.ndf() / stages.discriminator().get(block - 1);
            h = blocks.down("block" + block, h, channels, block <= stages.halved());
        }
        Node features = Pooling.SUM.of(h.relu());
        Node classWeights = Node.input("class_weights", Shape.of(Shape.N, spec.classes()));
        Node logit =
                layers.linear("linear", features, 1, 1).plus(layers.projection("embedding", features, classWeights));
        return Graph.of("discriminator", "logit", logit);
    }

    private static Node attention(Layers layers, Spec spec, Node h) {
        return spec.attention() && h.shape().extent(2) == spec.size() / 2 ? layers.selfAttention("attention", h) : h;
    }
}
