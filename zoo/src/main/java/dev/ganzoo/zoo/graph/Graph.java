package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as a value: named outputs and every node they need, in an order in which each follows its inputs.
 *
 * <p>Immutable. Parameters and buffers are leaves with names; their values live elsewhere (a checkpoint, a device), so one
 * graph can be evaluated with many sets of weights.
 */
public final class Graph {
    private final String name;
    private final LinkedHashMap<String, Node> outputs;
    private final List<Node> nodes;
    private final Map<Node, String> names;

    private Graph(String name, LinkedHashMap<String, Node> outputs) {
        this.name = name;
        this.outputs = outputs;
        this.nodes = List.copyOf(topologicalOrder(outputs.values()));
        this.names = nameAll(nodes);
    }

    /** The graph of a single output. */
    public static Graph of(String name, String outputName, Node output) {
        return of(name, Map.of(outputName, output));
    }

    /**
     * The graph of all nodes that {@code outputs} need.
     *
     * @throws IllegalArgumentException if two leaves share a name
     */
    public static Graph of(String name, Map<String, Node> outputs) {
        return new Graph(name, new LinkedHashMap<>(outputs));
    }

    /**
     * This graph with one output more, after the others.
     *
     * @throws IllegalArgumentException if there is an output of this name, or two leaves share a name
     */
    public Graph and(String outputName, Node output) {
        Map<String, Node> more = new LinkedHashMap<>(outputs);
        if (more.put(outputName, output) != null) {
            throw new IllegalArgumentException(
                    "graph %s must have one output \"%s\", got two".formatted(name, outputName));
        }
        return of(name, more);
    }

    /** The name given, for messages. */
    public String name() {
        return name;
    }

    /** All nodes, each after its inputs. */
    public List<Node> nodes() {
        return nodes;
    }

    /** How often each node is used, as an input of others or as an output; a new map, without nodes that are not. */
    public Map<Node, Integer> uses() {
        Map<Node, Integer> uses = new IdentityHashMap<>();
        nodes.forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
        outputs.values().forEach(output -> uses.merge(output, 1, Integer::sum));
        return uses;
    }

    /** The outputs by name, in the order given. */
    public Map<String, Node> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    /** The only output. */
    public Node output() {
        if (outputs.size() != 1) {
            throw new IllegalStateException("graph %s must have one output, has %s".formatted(name, outputs.keySet()));
        }
        return outputs.values().iterator().next();
    }

    /** The inputs, in order of first use. */
    public List<Node> inputs() {
        return leaves(Op.Input.class);
    }

    /** The learned leaves, in order of first use. */
    public List<Node> parameters() {
        return leaves(Op.Parameter.class);
    }

    /** The leaves that training changes in passing, in order of first use. */
    public List<Node> buffers() {
        return leaves(Op.Buffer.class);
    }

    /** Parameters and buffers: all that a checkpoint must hold, in order of first use. */
    public List<Node> states() {
        return leaves(Op.State.class);
    }

    private List<Node> leaves(Class<? extends Op> kind) {
        return nodes.stream().filter(node -> kind.isInstance(node.op())).toList();
    }

    /** How many numbers are learned: the count that papers and libraries quote (buffers excluded). */
    public long parameterCount() {
        return parameters().stream()
                .mapToLong(node -> Tensor.count(node.shape().extents()))
                .sum();
    }

    /** The name of a node of this graph: the one given, or its operation with a number; unique in the graph. */
    public String nameOf(Node node) {
        String found = names.get(node);
        if (found == null) {
            throw new IllegalArgumentException("no node of graph " + name + ": " + node);
        }
        return found;
    }

    private static List<Node> topologicalOrder(Iterable<Node> outputs) {
        List<Node> order = new ArrayList<>();
        Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> stack = new ArrayDeque<>();
        for (Node output : outputs) {
            stack.push(output);
            while (!stack.isEmpty()) {
                Node node = stack.peek();
                Node pending = firstNotIn(done, node.inputs());
                if (pending != null) {
                    stack.push(pending);
                } else {
                    stack.pop();
                    if (done.add(node)) {
                        order.add(node);
                    }
                }
            }
        }
        return order;
    }

    private static Node firstNotIn(Set<Node> done, List<Node> inputs) {
        for (Node input : inputs) {
            if (!done.contains(input)) {
                return input;
            }
        }
        return null;
    }

    private static Map<Node, String> nameAll(List<Node> nodes) {
        Map<Node, String> names = new IdentityHashMap<>();
        Set<String> taken = new HashSet<>();
        for (Node node : nodes) {
            if (node.name() == null) {
                continue;
            }
            if (!taken.add(node.name())) {
                throw new IllegalArgumentException(
                        "node names must be unique, \"%s\" is given twice".formatted(node.name()));
            }
            names.put(node, node.name());
        }
        Map<String, Integer> counts = new HashMap<>();
        for (Node node : nodes) {
            if (node.name() == null) {
                String candidate;
                do {
                    candidate =
                            node.op().mnemonic() + "_" + counts.merge(node.op().mnemonic(), 1, Integer::sum);
                } while (!taken.add(candidate));
                names.put(node, candidate);
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return "%s: %d nodes, %,d parameters".formatted(name, nodes.size(), parameterCount());
    }
}
