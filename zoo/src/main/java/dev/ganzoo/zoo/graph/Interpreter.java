package dev.ganzoo.zoo.graph;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks a graph once, from leaves to outputs, asking a {@link Reading} what each node means. */
public final class Interpreter {
    private Interpreter() {}

    /** What each output means, by its name. */
    public static <R> Map<String, R> run(Graph graph, Reading<R> reading) {
        return run(graph, reading, (node, meaning) -> {});
    }

    /**
     * What each output means, telling {@code finished} of each meaning once no later node needs it, so that memory can
     * be given back; outputs are never finished.
     */
    public static <R> Map<String, R> run(Graph graph, Reading<R> reading, Finished<R> finished) {
        Map<Node, Integer> uses = graph.uses();
        Map<Node, R> meanings = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            List<R> inputs = new ArrayList<>(node.inputs().size());
            node.inputs().forEach(input -> inputs.add(meanings.get(input)));
            meanings.put(node, node.op().read(reading, node, inputs));
            for (Node input : node.inputs()) {
                if (uses.merge(input, -1, Integer::sum) == 0) {
                    finished.accept(input, meanings.remove(input));
                }
            }
        }
        Map<String, R> results = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> results.put(name, meanings.get(node)));
        return results;
    }

    /** Told of a node's meaning when nothing needs it any more. */
    @FunctionalInterface
    public interface Finished<R> {
        /** Called once for each node but the outputs. */
        void accept(Node node, R meaning);
    }
}
