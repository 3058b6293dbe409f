package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The AC-GAN of the course IE 534 (Understanding CNNs and Generative Adversarial Networks, part 1): the critic and
 * classifier are two heads of {@link EightConvolutions}; the generator's eight layers are as wide, and learn of the class
 * by its one-hot row at the beginning of the latent (Odena et al. 2017).
 *
 * <p>Classes enter as {@code class_weights} (N, classes): a one-hot row for a class, a mixture for something between
 * classes.
 */
public final class AuxiliaryGan {
    private static final int LAYERS = 8;
    private static final Set<Integer> DOUBLING = Set.of(1, 5, 7);

    private AuxiliaryGan() {}

    /**
     * What the networks are built for.
     *
     * @param latent the length of what the generator starts from, of which the class takes one number a class and z the rest
     * @param classes how many classes there are
     * @param channels 1 for grey, 3 for RGB images
     * @param size height and width of the images, a multiple of 8
     * @param width the channels of every layer
     */
    public record Spec(int latent, int classes, int channels, int size, int width) {
        /** @throws IllegalArgumentException if a number is out of its range, naming it */
        public Spec {
            Check.extent("classes", classes);
            Check.that(latent > classes, "latent must be above %d (the number of classes)".formatted(classes), latent);
            Check.extent("latent", latent);
            Check.channels(channels);
            Check.size(size);
            Check.multipleOf(1 << DOUBLING.size(), "size", size);
            Check.extent("width", width);
        }

        /** The course's sizes: 100 numbers, 196 channels. */
        public static Spec published(int classes, int channels, int size) {
            return new Spec(100, classes, channels, size, 196);
        }

        EightConvolutions.Spec discriminator() {
            return new EightConvolutions.Spec(classes, channels, size, width);
        }
    }

    /**
     * {@code z} (N, latent − classes), {@code class_weights} (N, classes) → {@code image} (N, channels, size, size) in
     * [−1, 1].
     */
    public static Graph generator(Spec spec) {
        Layers layers = Layers.plain(Initialization.PYTORCH);
        Node z = Node.input("z", Shape.of(Shape.N, spec.latent() - spec.classes()));
        Node classWeights = Node.input("class_weights", Shape.of(Shape.N, spec.classes()));
        int bottom = spec.size() >> DOUBLING.size();
        Node h = layers.linear("fc1", Node.concat(1, List.of(classWeights, z)), Check.values(spec.width(), bottom), 1)
                .reshape(Shape.N, spec.width(), bottom, bottom);
        h = layers.batchNorm("norm0", h).relu();
        for (int i = 1; i < LAYERS; i++) {
            String name = "conv" + i;
            h = DOUBLING.contains(i)
                    ? layers.doublingConv(name, h, spec.width())
                    : layers.conv(name, h, spec.width(), 3, 1);
            h = layers.batchNorm("norm" + i, h).relu();
        }
        Node image = layers.conv("conv" + LAYERS, h, spec.channels(), 3, 1);
        return Graph.of("generator", "image", image.tanh());
    }

    /**
     * {@code image} (N, channels, size, size) in [−1, 1] → {@code logit} (N, 1), high for real, and {@code class_logits}
     * (N, classes).
     */
    public static Graph discriminator(Spec spec) {
        Layers layers = Layers.plain(Initialization.PYTORCH);
        Node features = EightConvolutions.features(layers, spec.discriminator());
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("logit", layers.linear("fc1", features, 1, 1));
        outputs.put("class_logits", layers.linear("fc10", features, spec.classes(), 1));
        return Graph.of("discriminator", outputs);
    }
}
