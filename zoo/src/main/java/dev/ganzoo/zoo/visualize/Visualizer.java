package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.text.ClassLookup;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a visualisation begins: what is to be maximised.
 *
 * <pre>{@code
 * model.visualize().classes("cat", "dog").preset("course").run().grid().save(Path.of("classes.png"));
 * model.visualize().layer("conv4").channelRange(0, 15).jitter(2).seed(1).run().save(Path.of("conv4.gif"));
 * }</pre>
 *
 * Immutable, costs nothing, and safe for use by several threads.
 */
public final class Visualizer {
    private final VisualizationSource source;

    private Visualizer(VisualizationSource source) {
        this.source = source;
    }

    /**
     * Of this model.
     *
     * @throws InvalidRequestException if it has no gradient, or its images are neither grey nor of three colours
     */
    public static Visualizer of(VisualizationSource source) {
        if (!source.classifier().differentiable()) {
            throw new InvalidRequestException(
                    "model",
                    "model \"%s\" has no gradient, so nothing of it can be maximised".formatted(source.name()));
        }
        ImageShape shape = source.classifier().shape();
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new InvalidRequestException(
                    "model",
                    "images of model \"%s\" must have 1 or 3 channels to be seen, got %d"
                            .formatted(source.name(), shape.channels()));
        }
        return new Visualizer(source);
    }

    /** An image for each class, which maximises its logit. */
    public VisualizationRequest classes() {
        return classes(IntStream.range(0, source.classifier().classes()).toArray());
    }

    /**
     * An image for each of these classes.
     *
     * @param namesOrIndices names, in any case, or indices from 0 as text; at least one
     * @throws InvalidRequestException if the model has no such class
     */
    public VisualizationRequest classes(String... namesOrIndices) {
        return classes(Arrays.stream(namesOrIndices)
                .mapToInt(text -> ClassLookup.index("class", text, source.labels()))
                .toArray());
    }

    /** An image for each class with one of these indices, from 0. @see #classes(String...) */
    public VisualizationRequest classes(int... labels) {
        ClassLookup.check("class", labels, source.classifier().classes());
        List<String> titles =
                Arrays.stream(labels).mapToObj(source.labels()::get).toList();
        return new VisualizationRequest(source, new Target.Classes(source.classifier(), titles, labels.clone()));
    }

    /**
     * Something of a layer.
     *
     * @param name one of {@link VisualizationSource#layers}
     * @throws InvalidRequestException if there is no such layer; suggests the nearest
     */
    public LayerTargets layer(String name) {
        List<String> names = source.layers().stream().map(Layer::name).toList();
        if (!names.contains(name)) {
            throw new InvalidRequestException("layer", Suggestions.unknown("layer", name, names));
        }
        return new LayerTargets(source, source.layers().get(names.indexOf(name)));
    }

    /** The layers that can be visualised, from the image to the logits. */
    public List<Layer> layers() {
        return List.copyOf(source.layers());
    }
}
