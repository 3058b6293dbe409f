package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Interpreter;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.rewrite.Convolutions;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A graph with the values of its parameters and buffers on a device, evaluated and differentiated by libtorch.
 *
 * <p>Not thread-safe. Closing frees the values.
 */
public final class Network implements AutoCloseable {
    /** The rules by which every network that learns is made faster. */
    static final Rewriter FASTER = Rewriter.with(Convolutions.rules());

    private static final Randomness NO_NOISE = Randomness.of(0);

    private final Graph graph;
    private final NetworkValues values;
    private final boolean channelsLast;
    private final Overwriting overwriting;

    private Network(Graph graph, NetworkValues values) {
        this.graph = graph;
        this.values = values;
        // Layer norm needs images in the order of their axes, so that each would be copied to and fro.
        this.channelsLast = graph.nodes().stream().noneMatch(node -> node.op() instanceof Op.LayerNorm);
        this.overwriting = new Overwriting(graph);
    }

    /** A network at the start of training; each value is a function of {@code seed} and its own name. */
    public static Network initialize(Graph graph, long seed, NDManager manager) {
        Map<String, Tensor> initial = new LinkedHashMap<>();
        Randomness root = Randomness.of(seed).forPurpose("init").forPurpose(graph.name());
        for (Node leaf : graph.states()) {
            Op.State state = (Op.State) leaf.op();
            initial.put(
                    state.name(),
                    state.init()
                            .sample(
                                    leaf.shape().extents(),
                                    root.forPurpose(state.name()).at(0)));
        }
        return restore(graph, initial, manager);
    }

    /**
     * A network with the given values.
     *
     * @throws IllegalArgumentException if a value is missing, superfluous or of another shape, naming it
     */
    public static Network restore(Graph graph, Map<String, Tensor> tensors, NDManager manager) {
        Network network = new Network(graph, new NetworkValues(manager));
        network.assign(tensors);
        return network;
    }

    /** Another graph on the values of this one: its parameters and buffers are those of the same names here. */
    Network sharing(Graph other) {
        return new Network(other, values);
    }

    /**
     * Replaces all values.
     *
     * @throws IllegalArgumentException as {@link #restore}
     */
    public void assign(Map<String, Tensor> tensors) {
        checkNames(tensors.keySet());
        for (Node leaf : graph.states()) {
            Tensor value = tensors.get(leaf.name());
            if (!Arrays.equals(value.shape(), leaf.shape().extents())) {
                throw new IllegalArgumentException("%s of %s must have shape %s, got %s"
                        .formatted(leaf.name(), graph.name(), leaf.shape(), value));
            }
            values.put(leaf.name(), value);
        }
    }

    private void checkNames(Set<String> given) {
        Set<String> missing = graph.states().stream().map(Node::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> superfluous = new TreeSet<>(given);
        superfluous.removeAll(missing);
        missing.removeAll(given);
        if (!missing.isEmpty() || !superfluous.isEmpty()) {
            throw new IllegalArgumentException(
                    "values of %s must match its parameters and buffers, missing %s, superfluous %s"
                            .formatted(graph.name(), missing, superfluous));
        }
    }

    /**
     * The only output for a batch, owned by {@code scope}.
     *
     * <p>The graph kept for the gradient reaches the parameters only while {@link #learning} is on.
     *
     * @throws IllegalStateException if the graph has several outputs
     */
    public NDArray forward(NDManager scope, Mode mode, Map<String, NDArray> inputs) {
        graph.output();
        return outputs(scope, mode, inputs).values().iterator().next();
    }

    /** All outputs by name; otherwise as {@link #forward}. */
    Map<String, NDArray> outputs(NDManager scope, Mode mode, Map<String, NDArray> inputs) {
        return outputs(scope, mode, inputs, NO_NOISE);
    }

    /** The same with masks of dropout, if the graph has some, drawn from {@code noise}. */
    Map<String, NDArray> outputs(NDManager scope, Mode mode, Map<String, NDArray> inputs, Randomness noise) {
        DjlReading reading = new DjlReading(scope, inputs, values, mode, channelsLast, overwriting, noise);
        return Interpreter.run(graph, reading, Network::release);
    }

    private static void release(Node node, NDArray value) {
        if (!node.inputs().isEmpty()) {
            value.close();
        }
    }

    /** Whether gradients reach the parameters: on for the network that a step updates, off for the others. */
    public void learning(boolean on) {
        graph.parameters().forEach(node -> values.get(node.name()).setRequiresGradient(on));
    }

    /** The names of the parameters, in a fixed order. */
    public List<String> parameterNames() {
        return graph.parameters().stream().map(Node::name).toList();
    }

    /** The device array of a parameter or buffer; it stays this network's. */
    NDArray value(String name) {
        return values.get(name);
    }

    /** The extents of a parameter. */
    int[] shape(String name) {
        return NetworkValues.extents(values.get(name));
    }

    NDManager manager() {
        return values.manager();
    }

    /** The graph that is evaluated. */
    public Graph graph() {
        return graph;
    }

    /** Copies of all parameters and buffers by name. */
    public Map<String, Tensor> toTensors() {
        return values.toTensors();
    }

    @Override
    public void close() {
        values.close();
    }
}
