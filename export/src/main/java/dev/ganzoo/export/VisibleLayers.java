package dev.ganzoo.export;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The layers of a network whose features can be visualised: named values (N, C, H, W) or (N, F) made of the image. */
final class VisibleLayers {
    private VisibleLayers() {}

    /**
     * Layers from the image on.
     *
     * @param names those wanted; null for all convolutions and fully connected layers
     * @throws IllegalArgumentException if a name is not among the network's, naming the nearest
     */
    static List<Node> of(Graph network, List<String> names) {
        Map<String, Node> all = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            boolean layer = !node.inputs().isEmpty()
                    && node.name() != null
                    && (node.shape().rank() == 2 || node.shape().rank() == 4)
                    && node.shape().extent(0) == Shape.N;
            if (layer) {
                all.put(node.name(), node);
            }
        }
        if (names == null) {
            return all.values().stream()
                    .filter(node -> node.op() instanceof Op.Conv2d || node.op() instanceof Op.Linear)
                    .toList();
        }
        for (String name : names) {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException(Suggestions.unknown("layer", name, all.keySet()));
            }
        }
        return all.values().stream().filter(node -> names.contains(node.name())).toList();
    }

    static ModelCard.Layer describe(Graph network, Node layer, String file) {
        List<Integer> shape = IntStream.range(1, layer.shape().rank())
                .mapToObj(layer.shape()::extent)
                .toList();
        return new ModelCard.Layer(network.nameOf(layer), shape, file);
    }
}
