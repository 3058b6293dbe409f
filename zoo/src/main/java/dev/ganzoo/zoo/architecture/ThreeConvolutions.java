package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;

/**
 * Three 3×3 convolutions with stride 2, each followed by batch norm and leaky ReLU, then a linear layer: the discriminator
 * of {@link SemiSupervisedGan} without the game, by which to see what the game adds.
 */
public final class ThreeConvolutions {
    private static final int CONVOLUTIONS = 3;
    private static final double SLOPE = 0.2;

    private ThreeConvolutions() {}

    /**
     * What the network is built for.
     *
     * @param classes how many classes there are
     * @param channels 1 for grey, 3 for RGB images
     * @param size height and width of the images in pixels
     * @param width the channels of the first convolution; each after it has twice as many
     */
    public record Spec(int classes, int channels, int size, int width) {
        /** @throws IllegalArgumentException if a number is below 1 or the channels are neither 1 nor 3 */
        public Spec {
            Check.extent("classes", classes);
            Check.channels(channels);
            Check.size(size);
            Check.extent("width", width);
        }

        /** The discriminator's published width, 32. */
        public static Spec published(int classes, int channels, int size) {
            return new Spec(classes, channels, size, 32);
        }
    }

    /** {@code image} (N, channels, size, size) in [−1, 1] → {@code logits} (N, classes). */
    public static Graph classifier(Spec spec) {
        Layers layers = Layers.plain(Initialization.NORMAL);
        Node features = features(layers, spec.channels(), spec.size(), spec.width());
        return Graph.of(Networks.CLASSIFIER, "logits", layers.linear("classes", features, spec.classes(), 1));
    }

    /** What heads look at: {@code image} (N, channels, size, size) → (N, features). */
    static Node features(Layers layers, int channels, int size, int width) {
        Node h = Node.input("image", Shape.of(Shape.N, channels, size, size));
        for (int i = 1; i <= CONVOLUTIONS; i++) {
            h = layers.conv("conv" + i, h, width << i - 1, 3, 2, 1);
            h = layers.batchNorm("norm" + i, h).leakyRelu(SLOPE);
        }
        return h.reshape(Shape.N, Check.values(h.shape().extent(1), h.shape().extent(2)));
    }
}
