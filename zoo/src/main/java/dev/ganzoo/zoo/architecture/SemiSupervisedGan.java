package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The networks of SGAN (Odena 2016) as the blog post <i>GANs in action</i> of the workshop of Aggregate Intellect describes
 * them for MNIST: a generator of one linear layer, two transposed convolutions and a convolution; a discriminator of {@link ThreeConvolutions three
 * convolutions} that tells real images from fake ones and, by the same features, the classes of real ones.
 */
public final class SemiSupervisedGan {
    private static final int QUARTER = 4;

    private SemiSupervisedGan() {}

    /**
     * What the networks are built for.
     *
     * @param latent the length of z
     * @param classes how many classes there are
     * @param channels 1 for grey, 3 for RGB images
     * @param size height and width of the images, a multiple of 4
     * @param ngf the channels of the generator's last transposed convolution; what is before it has twice as many
     * @param ndf the channels of the discriminator's first convolution; each after it has twice as many
     * @param heads how real, fake and the classes are told
     */
    public record Spec(int latent, int classes, int channels, int size, int ngf, int ndf, Heads heads) {
        /** @throws IllegalArgumentException if a number is out of its range, naming it */
        public Spec {
            Check.extent("latent", latent);
            Check.extent("classes", classes);
            Check.channels(channels);
            Check.size(size);
            Check.multipleOf(QUARTER, "size", size);
            Check.extent("ngf", ngf);
            Check.extent("ndf", ndf);
        }

        /** z of 100, 64 and 32 channels, and fake as one more class, as in the paper. */
        public static Spec published(int classes, int channels, int size) {
            return new Spec(100, classes, channels, size, 64, 32, Heads.FAKE_CLASS);
        }
    }

    /** How one discriminator tells real, fake and the classes. */
    public enum Heads {
        /** N + 1 classes, of which the last is fake; the logit of real is the log odds of the others (Odena 2016). */
        FAKE_CLASS {
            @Override
            Map<String, Node> of(Layers layers, Node features, int classes) {
                Node logits = layers.linear("classes", features, classes + 1, 1);
                Node fake = logits.slice(1, classes, classes + 1);
                return outputs(logOfSum(logits.slice(1, 0, classes)).minus(fake), logits);
            }
        },
        /**
         * N classes; the logit of real is the logarithm of the sum of their exponentials, which is as if fake had a logit
         * of 0 (Salimans et al. 2016, section 5).
         */
        STACKED {
            @Override
            Map<String, Node> of(Layers layers, Node features, int classes) {
                Node logits = layers.linear("classes", features, classes, 1);
                return outputs(logOfSum(logits), logits);
            }
        },
        /** A linear layer for real and fake, and one of N classes. */
        SEPARATE {
            @Override
            Map<String, Node> of(Layers layers, Node features, int classes) {
                return outputs(layers.linear("linear", features, 1, 1), layers.linear("classes", features, classes, 1));
            }
        };

        abstract Map<String, Node> of(Layers layers, Node features, int classes);

        private static Map<String, Node> outputs(Node logit, Node classLogits) {
            Map<String, Node> outputs = new LinkedHashMap<>();
            outputs.put("logit", logit);
            outputs.put("class_logits", classLogits);
            return outputs;
        }

        /** log Σ exp of rows, as what the logarithm of a softmax takes off: (N, K) → (N, 1). */
        private static Node logOfSum(Node logits) {
            return logits.slice(1, 0, 1).minus(logits.logSoftmax(1).slice(1, 0, 1));
        }
    }

    /** {@code z} (N, latent) → {@code image} (N, channels, size, size) in [−1, 1]. */
    public static Graph generator(Spec spec) {
        Layers layers = Layers.plain(Initialization.NORMAL);
        int bottom = spec.size() / QUARTER;
        int width = 2 * spec.ngf();
        Node z = Node.input("z", Shape.of(Shape.N, spec.latent()));
        Node h = layers.linear("linear", z, Check.values(width, bottom), 1).reshape(Shape.N, width, bottom, bottom);
        h = layers.batchNorm("norm1", layers.doublingConv("up1", h, width)).relu();
        h = layers.batchNorm("norm2", layers.doublingConv("up2", h, spec.ngf())).relu();
        return Graph.of(
                "generator",
                "image",
                layers.conv("conv", h, spec.channels(), 3, 1).tanh());
    }

    /**
     * {@code image} (N, channels, size, size) in [−1, 1] → {@code logit} (N, 1), high for real, and {@code class_logits}
     * (N, classes), with one more column where fake is a class.
     */
    public static Graph discriminator(Spec spec) {
        Layers layers = Layers.plain(Initialization.NORMAL);
        Node features = ThreeConvolutions.features(layers, spec.channels(), spec.size(), spec.ndf());
        return Graph.of("discriminator", spec.heads().of(layers, features, spec.classes()));
    }
}
