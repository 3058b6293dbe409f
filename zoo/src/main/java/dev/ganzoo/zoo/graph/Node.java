package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A value in a graph: an operation, the nodes it takes, and the shape that follows.
 *
 * <p>Nodes are immutable and compared by identity. They are made from leaves ({@link #input}, {@link #parameter},
 * {@link #buffer}, {@link #constant}) by the methods below; a wrong shape fails in the very call that writes it.
 * {@link Graph#of} collects the nodes an output needs.
 */
public final class Node {
    private final Op op;
    private final List<Node> inputs;
    private final Shape shape;
    private final String name;

    private Node(Op op, List<Node> inputs, Shape shape, String name) {
        this.op = op;
        this.inputs = inputs;
        this.shape = shape;
        this.name = name;
    }

    /**
     * The result of {@code op} on {@code inputs}.
     *
     * @throws IllegalArgumentException if the shapes do not fit, naming the operation and the inputs
     */
    public static Node apply(Op op, Node... inputs) {
        return applyNamed(null, op, List.of(inputs));
    }

    static Node applyNamed(String name, Op op, List<Node> inputs) {
        Node unshaped = new Node(op, List.copyOf(inputs), null, name);
        List<Shape> shapes = inputs.stream().map(Node::shape).toList();
        Shape shape;
        try {
            shape = op.read(ShapeInference.RULES, unshaped, shapes);
        } catch (IllegalArgumentException e) {
            String place = name == null ? op.mnemonic() : name + " (" + op.mnemonic() + ")";
            throw new IllegalArgumentException("%s of %s: %s".formatted(place, describe(inputs), e.getMessage()), e);
        }
        return new Node(op, unshaped.inputs, shape, name);
    }

    /** A value given at each evaluation. */
    public static Node input(String name, Shape shape) {
        return leaf(name, new Op.Input(name), shape);
    }

    /**
     * A value learned by gradient; {@code extents} are fixed numbers.
     *
     * @throws IllegalArgumentException if it has more values than an array can hold
     */
    public static Node parameter(String name, Init init, int... extents) {
        return leaf(name, new Op.Parameter(name, init), held(name, extents));
    }

    /**
     * A value kept beside the parameters, such as a running mean.
     *
     * @throws IllegalArgumentException if it has more values than an array can hold
     */
    public static Node buffer(String name, Init init, int... extents) {
        return leaf(name, new Op.Buffer(name, init), held(name, extents));
    }

    private static Shape held(String name, int... extents) {
        Shape shape = Shape.of(extents);
        if (Tensor.count(extents) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s must have at most %d values, got shape %s".formatted(name, Integer.MAX_VALUE, shape));
        }
        return shape;
    }

    /** A fixed value. */
    public static Node constant(Tensor value) {
        return leaf(null, new Op.Constant(value), Shape.of(value.shape()));
    }

    /** A fixed number. */
    public static Node constant(double value) {
        return constant(Tensor.of(new float[] {(float) value}, new int[0]));
    }

    private static Node leaf(String name, Op op, Shape shape) {
        return new Node(op, List.of(), shape, name);
    }

    /**
     * The same node under a name, by which messages, exported files and layer lists call it.
     *
     * @throws IllegalArgumentException if this is an input, a parameter or a buffer, which has its name from the start
     */
    public Node named(String newName) {
        Objects.requireNonNull(newName, "name");
        if (inputs.isEmpty() && !(op instanceof Op.Constant) && !newName.equals(name)) {
            throw new IllegalArgumentException(
                    "the %s %s keeps its name, got \"%s\"".formatted(op.mnemonic(), name, newName));
        }
        return new Node(op, inputs, shape, newName);
    }

    /** This node's operation on other inputs, under the same name. */
    public Node withInputs(List<Node> newInputs) {
        return newInputs.equals(inputs) ? this : applyNamed(name, op, newInputs);
    }

    /** What this node does. */
    public Op op() {
        return op;
    }

    /** What it takes, in the order of the operation's signature. */
    public List<Node> inputs() {
        return inputs;
    }

    /** The {@code index}-th input. */
    public Node input(int index) {
        return inputs.get(index);
    }

    /** The shape of its value. */
    public Shape shape() {
        return shape;
    }

    /** The name given, or {@code null}; {@link Graph#nameOf} gives every node of a graph a name. */
    public String name() {
        return name;
    }

    /** this + other, broadcast. */
    public Node plus(Node other) {
        return apply(new Op.Add(), this, other);
    }

    /** this − other, broadcast. */
    public Node minus(Node other) {
        return apply(new Op.Subtract(), this, other);
    }

    /** this · other elementwise, broadcast. */
    public Node times(Node other) {
        return apply(new Op.Multiply(), this, other);
    }

    /** this / other elementwise, broadcast. */
    public Node dividedBy(Node other) {
        return apply(new Op.Divide(), this, other);
    }

    /** −this. */
    public Node negated() {
        return times(constant(-1));
    }

    /** √this. */
    public Node sqrt() {
        return apply(new Op.Sqrt(), this);
    }

    /** max(this, 0). */
    public Node relu() {
        return apply(new Op.Relu(), this);
    }

    /** The hyperbolic tangent. */
    public Node tanh() {
        return apply(new Op.Tanh(), this);
    }

    /** eˣ. */
    public Node exp() {
        return apply(new Op.Exp(), this);
    }

    /** The natural logarithm. */
    public Node log() {
        return apply(new Op.Log(), this);
    }

    /** |this|. */
    public Node abs() {
        return apply(new Op.Abs(), this);
    }

    /** The error function. */
    public Node erf() {
        return apply(new Op.Erf(), this);
    }

    /** 1 / (1 + e⁻ˣ). */
    public Node sigmoid() {
        return apply(new Op.Sigmoid(), this);
    }

    /** This where positive, else {@code slope} times this. */
    public Node leakyRelu(double slope) {
        return apply(new Op.LeakyRelu(slope), this);
    }

    /** This limited to [{@code least}, {@code most}]. */
    public Node clip(double least, double most) {
        return apply(new Op.Clip(least, most), this);
    }

    /** This to a power. */
    public Node power(double exponent) {
        return apply(new Op.Power(exponent), this);
    }

    /** 1 where this &gt; other, else 0; broadcast. */
    public Node greaterThan(Node other) {
        return apply(new Op.Greater(), this, other);
    }

    /** 1 where this = other, else 0; broadcast. */
    public Node equalTo(Node other) {
        return apply(new Op.Equal(), this, other);
    }

    /** The sum over {@code axes}, which disappear. */
    public Node sum(Integer... axes) {
        return apply(new Op.Sum(List.of(axes), false), this);
    }

    /** The mean over {@code axes}, which disappear. */
    public Node mean(Integer... axes) {
        return apply(new Op.Mean(List.of(axes), false), this);
    }

    /** The largest over {@code axes}, which disappear. */
    public Node max(Integer... axes) {
        return apply(new Op.Max(List.of(axes), false), this);
    }

    /** eˣ / Σ eˣ along an axis. */
    public Node softmax(int axis) {
        return apply(new Op.Softmax(axis), this);
    }

    /** The logarithm of the softmax along an axis. */
    public Node logSoftmax(int axis) {
        return apply(new Op.LogSoftmax(axis), this);
    }

    /** Entries {@code start} to {@code end} − 1 along an axis. */
    public Node slice(int axis, int start, int end) {
        return apply(new Op.Slice(axis, start, end, 1), this);
    }

    /** Zeros added along one axis. */
    public Node pad(int axis, int before, int after) {
        List<Integer> start = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
        List<Integer> end = new ArrayList<>(start);
        start.set(axis, before);
        end.set(axis, after);
        return apply(new Op.Pad(List.copyOf(start), List.copyOf(end), 0), this);
    }

    /** Nodes end to end along an axis. */
    public static Node concat(int axis, List<Node> nodes) {
        return applyNamed(null, new Op.Concat(axis), nodes);
    }

    /** This stretched to the shape of another node, of whatever batch. */
    public Node expandLike(Node other) {
        return shape.equals(other.shape) ? this : apply(new Op.Expand(other.shape), this, other);
    }

    /** The largest of disjoint {@code side}×{@code side} windows. */
    public Node maxPool(int side) {
        return apply(new Op.MaxPool2d(Extent.square(side)), this);
    }

    /** The same values in another shape; {@link Shape#N} for the batch axis. */
    public Node reshape(int... extents) {
        return apply(new Op.Reshape(Shape.of(extents)), this);
    }

    /** Axes reordered: axis i of the result is axis {@code permutation[i]} of this. */
    public Node transpose(Integer... permutation) {
        return apply(new Op.Transpose(List.of(permutation)), this);
    }

    /** The matrix product. */
    public Node matMul(Node other) {
        return apply(new Op.MatMul(), this, other);
    }

    /** The mean of disjoint {@code side}×{@code side} windows. */
    public Node avgPool(int side) {
        return apply(new Op.AvgPool2d(Extent.square(side)), this);
    }

    /** Height and width enlarged {@code factor} times. */
    public Node upsample(Interpolation interpolation, int factor) {
        return apply(new Op.Upsample2d(interpolation, factor), this);
    }

    /**
     * In training, each value zero with probability {@code rate} and otherwise enlarged to keep the mean; in evaluation as it is.
     *
     * @param name unique in the graph: random numbers are a function of it
     */
    public Node dropout(String name, double rate) {
        return times(apply(new Op.DropMask(name, rate, shape), this));
    }

    /** {@link #dropout} of whole channels of images (N, C, H, W) (Tompson et al. 2015). */
    public Node channelDropout(String name, double rate) {
        Op mask = new Op.DropMask(name, rate, shape.with(2, 1).with(3, 1));
        return times(apply(mask, this));
    }

    private static String describe(List<Node> inputs) {
        List<String> parts = new ArrayList<>();
        for (Node input : inputs) {
            parts.add((input.name == null ? input.op.mnemonic() : input.name) + " " + input.shape);
        }
        return String.join(", ", parts);
    }

    /** For example {@code block1.conv1: conv2d (N, 64, 8, 8)}. */
    @Override
    public String toString() {
        return (name == null ? "" : name + ": ") + op.mnemonic() + " " + shape;
    }
}
