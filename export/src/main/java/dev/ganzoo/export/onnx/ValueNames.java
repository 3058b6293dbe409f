package dev.ganzoo.export.onnx;

import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** What a graph's nodes are called in the file: an output by its output's name, any other as the graph names it. */
final class ValueNames {
    private final Map<Node, String> names;

    private ValueNames(Map<Node, String> names) {
        this.names = names;
    }

    static ValueNames of(Graph graph) {
        Map<Node, String> names = new IdentityHashMap<>();
        Set<String> taken = new HashSet<>(graph.outputs().keySet());
        for (Node input : graph.inputs()) {
            if (!taken.add(graph.nameOf(input))) {
                throw new IllegalArgumentException(
                        "an input and an output must not share the name \"%s\"".formatted(graph.nameOf(input)));
            }
            names.put(input, graph.nameOf(input));
        }
        graph.outputs().forEach((name, node) -> names.putIfAbsent(node, name));
        for (Node node : graph.nodes()) {
            names.computeIfAbsent(node, unnamed -> unused(graph.nameOf(unnamed), taken));
        }
        return new ValueNames(names);
    }

    String of(Node node) {
        return names.get(node);
    }

    private static String unused(String wanted, Set<String> taken) {
        String name = wanted;
        for (int number = 1; !taken.add(name); number++) {
            name = wanted + "_" + number;
        }
        return name;
    }
}
