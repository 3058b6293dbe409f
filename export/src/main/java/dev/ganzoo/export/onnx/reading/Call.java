package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One node of the file, as its rule sees it: inputs, attributes, and the ways to make values. */
final class Call {
    private final NodeProto proto;
    private final Scope scope;
    private final List<Value> inputs;
    private final AttributeSet attributes;

    Call(NodeProto proto, Scope scope, List<Value> inputs) {
        this.proto = proto;
        this.scope = scope;
        this.inputs = inputs;
        this.attributes = new AttributeSet(proto);
    }

    int opset() {
        return scope.opset();
    }

    String operation() {
        return proto.getOpType();
    }

    AttributeSet attributes() {
        return attributes;
    }

    Scope scope() {
        return scope;
    }

    Budget budget() {
        return scope.budget();
    }

    int outputCount() {
        return proto.getOutputCount();
    }

    /** Whether output {@code index} is used by anything. */
    boolean isNeeded(int index) {
        return index < proto.getOutputCount() && scope.isNeeded(proto.getOutput(index));
    }

    /** Refuses a further output, which some operators have, if anything uses it. */
    void onlyFirstOutput() {
        for (int index = 1; index < proto.getOutputCount(); index++) {
            if (isNeeded(index)) {
                throw new Unsupported(
                        "only the first output is computed, \"%s\" is used".formatted(proto.getOutput(index)));
            }
        }
    }

    int inputCount() {
        return inputs.size();
    }

    boolean has(int index) {
        return index < inputs.size() && inputs.get(index) != null;
    }

    Value value(int index) {
        if (!has(index)) {
            throw new IllegalArgumentException("input %d is needed, got %d inputs".formatted(index, inputs.size()));
        }
        return inputs.get(index);
    }

    List<Value> values() {
        List<Value> values = new ArrayList<>();
        for (int index = 0; index < inputs.size(); index++) {
            values.add(value(index));
        }
        return values;
    }

    boolean allKnown() {
        return inputs.stream().allMatch(value -> value == null || value instanceof Known);
    }

    /** An input that must be known while reading. */
    Known known(int index, String what) {
        if (value(index) instanceof Known known) {
            return known;
        }
        throw new Unsupported("%s must be a constant, got one computed from the image".formatted(what));
    }

    /** An input as floats or a mask. */
    Node node(int index) {
        return node(value(index));
    }

    static Node node(Value value) {
        if (value instanceof Known known) {
            return known.node();
        }
        return ((Traced) value).node();
    }

    /** An attribute of old opsets that became an input of new ones: a list of numbers, or null if absent. */
    long[] integers(String attribute, int input) {
        long[] listed = attributes.integers(attribute);
        if (listed != null) {
            return listed;
        }
        if (!has(input)) {
            return null;
        }
        Known known = known(input, attribute);
        if (known.rank() > 1) {
            throw new IllegalArgumentException("%s must be a list, got %s".formatted(attribute, known));
        }
        return known.longs();
    }

    /** An axis, counted from the front. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException("the axis must be in [%d, %d), got %d".formatted(-rank, rank, axis));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Axes counted from the front, in ascending order. */
    static List<Integer> axes(long[] axes, int rank) {
        List<Integer> counted =
                Arrays.stream(axes).mapToObj(axis -> axis(axis, rank)).sorted().toList();
        if (counted.stream().distinct().count() != counted.size()) {
            throw new IllegalArgumentException("axes must differ, got " + Arrays.toString(axes));
        }
        return counted;
    }

    /** A node of the graph; its size is bounded. */
    Node emit(Op op, Node... nodes) {
        return scope.emit(op, nodes);
    }

    /** As {@link #emit}, for masks of 0 and 1. */
    Value mask(Op op, Node... nodes) {
        return new Traced(emit(op, nodes), Kind.BOOLEAN);
    }

    Node reshape(Node x, int... extents) {
        return Arrays.equals(x.shape().extents(), extents) ? x : emit(new Op.Reshape(Shape.of(extents)), x);
    }

    Node plus(Node a, double b) {
        return b == 0 ? a : emit(new Op.Add(), a, Node.constant(b));
    }

    Node times(Node a, double b) {
        return b == 1 ? a : emit(new Op.Multiply(), a, Node.constant(b));
    }

    Node plus(Node a, Node b) {
        return emit(new Op.Add(), a, b);
    }

    Node minus(Node a, Node b) {
        return emit(new Op.Subtract(), a, b);
    }

    Node times(Node a, Node b) {
        return emit(new Op.Multiply(), a, b);
    }

    Node over(Node a, Node b) {
        return emit(new Op.Divide(), a, b);
    }
}
