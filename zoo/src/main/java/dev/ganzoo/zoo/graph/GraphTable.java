package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph as people read it: what is computed, without the weights it is computed with. Immutable.
 *
 * @param rows the operations, each after those it needs
 * @param blocks the rows by block: the part of their names before the first dot
 */
public record GraphTable(List<Row> rows, List<Block> blocks) {
    /**
     * One operation on values.
     *
     * @param name as {@link Graph#nameOf} has it
     * @param operation what it does
     * @param shape of its value
     * @param parameters how many numbers it has learned, if no row before has them
     */
    public record Row(String name, String operation, Shape shape, long parameters) {}

    /**
     * Some operations under one name.
     *
     * @param name before the first dot; operations without a name belong to what they work on
     * @param shape of the value that other blocks take first, or of the last; an input has its own
     * @param parameters how many numbers all operations have learned
     * @param from the blocks whose values it takes
     */
    public record Block(String name, Shape shape, long parameters, Set<String> from) {}

    /** The table of a graph. */
    public static GraphTable of(Graph graph) {
        List<Row> rows = new ArrayList<>();
        Map<Node, Draft> draftOf = new IdentityHashMap<>();
        Map<String, Draft> drafts = new LinkedHashMap<>();
        Set<Node> counted = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : graph.nodes()) {
            if (isWeight(node)) {
                continue;
            }
            long parameters = count(node, counted);
            if (!(node.op() instanceof Op.Input)) {
                rows.add(new Row(graph.nameOf(node), node.op().mnemonic(), node.shape(), parameters));
            }
            List<Node> values =
                    node.inputs().stream().filter(input -> !isWeight(input)).toList();
            Draft draft = node.name() == null
                    ? draftOf.get(values.get(0))
                    : drafts.computeIfAbsent(node.name().split("\\.", 2)[0], Draft::new);
            draftOf.put(node, draft);
            draft.add(node, parameters);
            values.forEach(value -> draft.take(value, draftOf.get(value)));
        }
        return new GraphTable(
                List.copyOf(rows), drafts.values().stream().map(Draft::block).toList());
    }

    /** A block that grows. */
    private static final class Draft {
        private final String name;
        private final Set<String> from = new LinkedHashSet<>();
        private long parameters;
        private Node last;
        private Node taken;

        Draft(String name) {
            this.name = name;
        }

        void add(Node node, long more) {
            parameters += more;
            last = node;
            taken = node.op() instanceof Op.Input ? node : taken;
        }

        void take(Node value, Draft source) {
            if (source != this) {
                from.add(source.name);
                source.taken = source.taken == null ? value : source.taken;
            }
        }

        Block block() {
            return new Block(name, (taken == null ? last : taken).shape(), parameters, from);
        }
    }

    /** Whether a node's value does not depend on any input. */
    private static boolean isWeight(Node node) {
        return !(node.op() instanceof Op.Input) && node.inputs().stream().allMatch(GraphTable::isWeight);
    }

    private static long count(Node node, Set<Node> counted) {
        long parameters = 0;
        for (Node input : node.inputs()) {
            if (isWeight(input)) {
                parameters += count(input, counted);
                if (input.op() instanceof Op.Parameter && counted.add(input)) {
                    parameters += Tensor.count(input.shape().extents());
                }
            }
        }
        return parameters;
    }
}
