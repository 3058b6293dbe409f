package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A model as visualisation sees it: a classifier, and its layers. Safe for use by several threads; whoever opened the model
 * closes it, and its networks with it.
 */
public interface VisualizationSource {
    /** The model's name. */
    String name();

    /** The network up to its logits. */
    ClassifierNetwork classifier();

    /** Names of the classes, as many as the classifier has. */
    List<String> labels();

    /** The layers that can be visualised, from the image to the logits; names are unique. */
    List<Layer> layers();

    /**
     * The network up to one of {@link #layers}, ready to be evaluated; opened when it is first asked for.
     *
     * @param name of one of {@link #layers}, exactly
     * @throws IllegalStateException if the model is closed
     */
    LayerNetwork layer(String name);

    /** The mean of the training images, {@code (C, H, W)} or {@code (1, C, H, W)} in [0, 1], if it is known. */
    default Optional<Tensor> meanImage() {
        return Optional.empty();
    }
}
