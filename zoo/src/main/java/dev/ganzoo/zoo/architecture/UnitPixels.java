package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Networks of images in [−1, 1], as training has them, turned to pixels in [0, 1], as everyone else has them. */
public final class UnitPixels {
    private UnitPixels() {}

    /**
     * The graph that takes {@code image} in [0, 1] and computes what {@code graph} does of 2·image − 1; all names stay.
     *
     * @throws IllegalArgumentException if the graph has no input {@code image}
     */
    public static Graph taking(Graph graph) {
        if (graph.inputs().stream().noneMatch(UnitPixels::isImage)) {
            throw new IllegalArgumentException("graph %s must have an input \"image\", has %s"
                    .formatted(
                            graph.name(),
                            graph.inputs().stream().map(Node::name).toList()));
        }
        Map<Node, Node> replacements = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            Node same = node.withInputs(
                    node.inputs().stream().map(replacements::get).toList());
            replacements.put(node, isImage(node) ? node.times(Node.constant(2)).minus(Node.constant(1)) : same);
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> outputs.put(name, replacements.get(node)));
        return Graph.of(graph.name(), outputs);
    }

    private static boolean isImage(Node node) {
        return node.op() instanceof Op.Input input && input.name().equals("image");
    }
}
