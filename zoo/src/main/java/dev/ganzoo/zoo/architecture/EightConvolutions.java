package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.Set;

/**
 * Eight 3×3 convolutions of one width, each followed by layer norm and leaky ReLU, then max pooling over all that is left
 * of the image and a linear layer: the classifier of the course IE 534 (Understanding CNNs and Generative Adversarial
 * Networks), and with two heads the critic of its AC-GAN. Layer norm keeps the samples of a batch apart, which a gradient
 * penalty needs.
 *
 * <p>Convolutions 2, 4 and 8 halve height and width: 32×32 pixels end as 4×4, 28×28 as 4×4 too.
 */
public final class EightConvolutions {
    private static final int CONVOLUTIONS = 8;
    private static final Set<Integer> HALVING = Set.of(2, 4, 8);
    private static final double SLOPE = 0.01;

    private EightConvolutions() {}

    /**
     * What the network is built for.
     *
     * @param classes how many classes there are
     * @param channels 1 for grey, 3 for RGB images
     * @param size height and width of the images in pixels
     * @param width the channels of every convolution
     */
    public record Spec(int classes, int channels, int size, int width) {
        /** @throws IllegalArgumentException if a number is below 1 or the channels are neither 1 nor 3 */
        public Spec {
            Check.extent("classes", classes);
            Check.size(size);
            Check.extent("width", width);
            Check.channels(channels);
        }

        /** The course's width, 196. */
        public static Spec published(int classes, int channels, int size) {
            return new Spec(classes, channels, size, 196);
        }
    }

    /** {@code image} (N, channels, size, size) in [−1, 1] → {@code logits} (N, classes). */
    public static Graph classifier(Spec spec) {
        Layers layers = Layers.plain(Initialization.PYTORCH);
        Node features = features(layers, spec);
        return Graph.of("classifier", "logits", layers.linear("fc10", features, spec.classes(), 1));
    }

    /** What heads look at: {@code image} (N, channels, size, size) → (N, width). */
    static Node features(Layers layers, Spec spec) {
        Node h = Node.input("image", Shape.of(Shape.N, spec.channels(), spec.size(), spec.size()));
        for (int i = 1; i <= CONVOLUTIONS; i++) {
            h = layers.conv("conv" + i, h, spec.width(), 3, HALVING.contains(i) ? 2 : 1, 1);
            h = layers.layerNorm("norm" + i, h).leakyRelu(SLOPE).named("act" + i);
        }
        Extent rest = new Extent(h.shape().extent(2), h.shape().extent(3));
        return Node.apply(new Op.MaxPool2d(rest), h).named("pool").reshape(Shape.N, spec.width());
    }
}
