package dev.ganzoo.zoo.graph.gradient;

import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Reading;
import dev.ganzoo.zoo.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The reading of a node as its vector-Jacobian product: for each input, what a gradient of the node's value means for it.
 * What broadcasting repeated is summed up by the caller. Each partial is built only when it is asked for.
 */
final class VjpRules implements Reading<List<Supplier<Node>>> {
    /** The partial of an input on which the value does not depend smoothly. */
    static final Supplier<Node> ZERO = () -> {
        throw new IllegalStateException("a zero gradient is not built");
    };

    /** The partial of an input for which there is no rule. */
    static final Supplier<Node> NONE = () -> {
        throw new IllegalStateException("there is no rule");
    };

    private final Node g;
    private final Mode mode;

    /** In training, batch norm is by the statistics of the batch. */
    VjpRules(Node gradient, Mode mode) {
        this.g = gradient;
        this.mode = mode;
    }

    @Override
    public List<Supplier<Node>> input(Op.Input op, Node node) {
        return List.of();
    }

    @Override
    public List<Supplier<Node>> parameter(Op.Parameter op, Node node) {
        return List.of();
    }

    @Override
    public List<Supplier<Node>> buffer(Op.Buffer op, Node node) {
        return List.of();
    }

    @Override
    public List<Supplier<Node>> constant(Op.Constant op, Node node) {
        return List.of();
    }

    @Override
    public List<Supplier<Node>> add(Op.Add op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g, () -> g);
    }

    @Override
    public List<Supplier<Node>> subtract(Op.Subtract op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g, g::negated);
    }

    @Override
    public List<Supplier<Node>> multiply(Op.Multiply op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g.times(node.input(1)), () -> g.times(node.input(0)));
    }

    @Override
    public List<Supplier<Node>> divide(Op.Divide op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(
                () -> g.dividedBy(node.input(1)),
                () -> g.times(node).dividedBy(node.input(1)).negated());
    }

    @Override
    public List<Supplier<Node>> sqrt(Op.Sqrt op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g.times(number(0.5)).dividedBy(node));
    }

    @Override
    public List<Supplier<Node>> relu(Op.Relu op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g.times(node.greaterThan(number(0))));
    }

    @Override
    public List<Supplier<Node>> tanh(Op.Tanh op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g.times(number(1).minus(node.times(node))));
    }

    @Override
    public List<Supplier<Node>> exp(Op.Exp op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g.times(node));
    }

    @Override
    public List<Supplier<Node>> log(Op.Log op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g.dividedBy(node.input(0)));
    }

    @Override
    public List<Supplier<Node>> abs(Op.Abs op, Node node, List<List<Supplier<Node>>> inputs) {
        Node x = node.input(0);
        return List.of(() -> g.times(x.greaterThan(number(0)).minus(number(0).greaterThan(x))));
    }

    @Override
    public List<Supplier<Node>> erf(Op.Erf op, Node node, List<List<Supplier<Node>>> inputs) {
        Node x = node.input(0);
        return List.of(() -> g.times(x.times(x).negated().exp().times(number(2 / Math.sqrt(Math.PI)))));
    }

    @Override
    public List<Supplier<Node>> sigmoid(Op.Sigmoid op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g.times(node).times(number(1).minus(node)));
    }

    /** At 0 the slope is that of the negative side. */
    @Override
    public List<Supplier<Node>> leakyRelu(Op.LeakyRelu op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> {
            Node positive = node.input(0).greaterThan(number(0));
            boolean between = op.slope() >= 0 && op.slope() <= 1;
            return g.times(
                    between
                            ? positive.clip(op.slope(), 1)
                            : positive.times(number(1 - op.slope())).plus(number(op.slope())));
        });
    }

    /** The limits themselves pass. */
    @Override
    public List<Supplier<Node>> clip(Op.Clip op, Node node, List<List<Supplier<Node>>> inputs) {
        Node x = node.input(0);
        return List.of(() -> {
            Node passed = g;
            if (op.least() > -Float.MAX_VALUE) {
                passed = passed.times(number(1).minus(number(op.least()).greaterThan(x)));
            }
            if (op.most() < Float.MAX_VALUE) {
                passed = passed.times(number(1).minus(x.greaterThan(number(op.most()))));
            }
            return passed;
        });
    }

    @Override
    public List<Supplier<Node>> power(Op.Power op, Node node, List<List<Supplier<Node>>> inputs) {
        Node x = node.input(0);
        return List.of(() -> g.times(number(op.exponent())).times(x.power(op.exponent() - 1)));
    }

    @Override
    public List<Supplier<Node>> greater(Op.Greater op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(ZERO, ZERO);
    }

    @Override
    public List<Supplier<Node>> equal(Op.Equal op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(ZERO, ZERO);
    }

    @Override
    public List<Supplier<Node>> sum(Op.Sum op, Node node, List<List<Supplier<Node>>> inputs) {
        Node x = node.input(0);
        return List.of(() -> kept(g, x, op.axes()).expandLike(x));
    }

    @Override
    public List<Supplier<Node>> mean(Op.Mean op, Node node, List<List<Supplier<Node>>> inputs) {
        Node x = node.input(0);
        return List.of(() ->
                kept(g.dividedBy(count(x, op.axes())), x, op.axes()).expandLike(x));
    }

    /** Equal maxima share the gradient. */
    @Override
    public List<Supplier<Node>> max(Op.Max op, Node node, List<List<Supplier<Node>>> inputs) {
        Node x = node.input(0);
        return List.of(() -> {
            Node largest = x.equalTo(kept(node, x, op.axes()));
            Node ties = Node.apply(new Op.Sum(op.axes(), true), largest);
            return kept(g, x, op.axes()).dividedBy(ties).times(largest);
        });
    }

    @Override
    public List<Supplier<Node>> softmax(Op.Softmax op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> node.times(g.minus(Node.apply(new Op.Sum(List.of(op.axis()), true), g.times(node)))));
    }

    @Override
    public List<Supplier<Node>> logSoftmax(Op.LogSoftmax op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> g.minus(node.exp().times(Node.apply(new Op.Sum(List.of(op.axis()), true), g))));
    }

    @Override
    public List<Supplier<Node>> reshape(Op.Reshape op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> shaped(g, node.input(0).shape()));
    }

    @Override
    public List<Supplier<Node>> transpose(Op.Transpose op, Node node, List<List<Supplier<Node>>> inputs) {
        Integer[] inverse = new Integer[op.permutation().size()];
        for (int axis = 0; axis < inverse.length; axis++) {
            inverse[op.permutation().get(axis)] = axis;
        }
        return List.of(() -> g.transpose(inverse));
    }

    @Override
    public List<Supplier<Node>> concat(Op.Concat op, Node node, List<List<Supplier<Node>>> inputs) {
        List<Supplier<Node>> partials = new ArrayList<>();
        int start = 0;
        for (Node input : node.inputs()) {
            int from = start;
            int to = from + input.shape().extent(op.axis());
            partials.add(() -> g.slice(op.axis(), from, to));
            start = to;
        }
        return partials;
    }

    @Override
    public List<Supplier<Node>> slice(Op.Slice op, Node node, List<List<Supplier<Node>>> inputs) {
        int axis = op.axis();
        int entries = g.shape().extent(axis);
        int extent = node.input(0).shape().extent(axis);
        boolean backwards = op.step() < 0;
        int first = backwards ? op.start() + (entries - 1) * op.step() : op.start();
        return List.of(() -> {
            Node ordered = backwards ? Node.apply(new Op.Slice(axis, entries - 1, -1, -1), g) : g;
            return Spacing.spread(ordered, axis, Math.abs(op.step()), first, extent);
        });
    }

    @Override
    public List<Supplier<Node>> pad(Op.Pad op, Node node, List<List<Supplier<Node>>> inputs) {
        Shape shape = node.input(0).shape();
        return List.of(() -> {
            Node inner = g;
            for (int axis = 0; axis < shape.rank(); axis++) {
                int before = op.before().get(axis);
                if (before + op.after().get(axis) > 0) {
                    inner = inner.slice(axis, before, before + shape.extent(axis));
                }
            }
            return inner;
        });
    }

    @Override
    public List<Supplier<Node>> expand(Op.Expand op, Node node, List<List<Supplier<Node>>> inputs) {
        return node.inputs().size() == 1 ? List.of(() -> g) : List.of(() -> g, ZERO);
    }

    @Override
    public List<Supplier<Node>> matMul(Op.MatMul op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(
                () -> g.matMul(transposed(node.input(1))),
                () -> transposed(node.input(0)).matMul(g));
    }

    @Override
    public List<Supplier<Node>> linear(Op.Linear op, Node node, List<List<Supplier<Node>>> inputs) {
        return first(node, () -> g.matMul(node.input(1)), () -> transposed(g).matMul(node.input(0)), () -> g.sum(0));
    }

    @Override
    public List<Supplier<Node>> conv2d(Op.Conv2d op, Node node, List<List<Supplier<Node>>> inputs) {
        return first(
                node,
                () -> ConvolutionAdjoints.ofInput(op, node, g),
                op.groups() == 1
                        ? () -> ConvolutionAdjoints.ofKernel(
                                op, node.input(0), g, node.input(1).shape())
                        : NONE,
                () -> g.sum(0, 2, 3));
    }

    @Override
    public List<Supplier<Node>> convTranspose2d(Op.ConvTranspose2d op, Node node, List<List<Supplier<Node>>> inputs) {
        Op.Conv2d back = new Op.Conv2d(op.stride(), op.padding(), op.dilation(), op.groups());
        return first(
                node,
                () -> Node.apply(back, g, node.input(1)),
                op.groups() == 1
                        ? () -> ConvolutionAdjoints.ofKernel(
                                back, g, node.input(0), node.input(1).shape())
                        : NONE,
                () -> g.sum(0, 2, 3));
    }

    @Override
    public List<Supplier<Node>> avgPool2d(Op.AvgPool2d op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> PoolingAdjoints.average(op, node.input(0).shape(), g));
    }

    @Override
    public List<Supplier<Node>> maxPool2d(Op.MaxPool2d op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(() -> Node.apply(new Op.MaxPool2dGradient(op), node.input(0), g));
    }

    @Override
    public List<Supplier<Node>> maxPool2dGradient(
            Op.MaxPool2dGradient op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(ZERO, NONE);
    }

    @Override
    public List<Supplier<Node>> upsample2d(Op.Upsample2d op, Node node, List<List<Supplier<Node>>> inputs) {
        int factor = op.factor();
        return List.of(() -> op.interpolation() == Interpolation.NEAREST
                ? g.avgPool(factor).times(number(factor * factor))
                : PoolingAdjoints.bilinear(factor, node.input(0).shape(), g));
    }

    @Override
    public List<Supplier<Node>> batchNorm(Op.BatchNorm op, Node node, List<List<Supplier<Node>>> inputs) {
        Node x = node.input(0);
        Node gain = perChannel(node.input(1), x);
        Integer[] others = IntStream.range(0, x.shape().rank())
                .filter(axis -> axis != 1)
                .boxed()
                .toArray(Integer[]::new);
        if (mode == Mode.TRAINING) {
            NormParts parts = NormParts.of(op, node);
            return List.of(
                    () -> parts.gradient(g.times(gain)),
                    () -> g.times(parts.normal()).sum(others),
                    () -> g.sum(others),
                    ZERO,
                    ZERO);
        }
        Node scale =
                number(1).dividedBy(node.input(4).plus(number(op.epsilon())).sqrt());
        return List.of(
                () -> g.times(perChannel(node.input(1).times(scale), x)),
                () -> g.times(x.minus(perChannel(node.input(3), x))).sum(others).times(scale),
                () -> g.sum(others),
                NONE,
                NONE);
    }

    @Override
    public List<Supplier<Node>> layerNorm(Op.LayerNorm op, Node node, List<List<Supplier<Node>>> inputs) {
        NormParts parts = NormParts.of(op, node);
        return List.of(() -> parts.gradient(g.times(node.input(1))), () -> g.times(parts.normal()), () -> g);
    }

    @Override
    public List<Supplier<Node>> dropMask(Op.DropMask op, Node node, List<List<Supplier<Node>>> inputs) {
        return List.of(ZERO);
    }

    /** W/σ with σ = uᵀWv: g/σ − ⟨g, W⟩/σ² · u·vᵀ. */
    @Override
    public List<Supplier<Node>> spectralNorm(Op.SpectralNorm op, Node node, List<List<Supplier<Node>>> inputs) {
        Node weight = node.input(0);
        int rows = weight.shape().extent(0);
        Node u = node.input(1).reshape(rows, 1);
        Node v = node.input(2).reshape(1, node.input(2).shape().extent(0));
        return List.of(
                () -> {
                    Node outer = shaped(u.matMul(v), weight.shape());
                    Node sigma = sumOfAll(weight.times(outer));
                    Node along = sumOfAll(g.times(node)).dividedBy(sigma);
                    return g.dividedBy(sigma).minus(outer.times(along));
                },
                ZERO,
                ZERO);
    }

    private static Node sumOfAll(Node x) {
        return x.sum(IntStream.range(0, x.shape().rank()).boxed().toArray(Integer[]::new));
    }

    /** As many of three partials as the node has inputs: the last is that of a bias. */
    private static List<Supplier<Node>> first(Node node, Supplier<Node> x, Supplier<Node> weight, Supplier<Node> bias) {
        return List.of(x, weight, bias).subList(0, node.inputs().size());
    }

    static Node number(double value) {
        return Node.constant(value);
    }

    static Node shaped(Node node, Shape shape) {
        return node.shape().equals(shape) ? node : Node.apply(new Op.Reshape(shape), node);
    }

    /** What a reduction of {@code x} over {@code axes} gave, with these axes back at extent 1. */
    private static Node kept(Node reduced, Node x, List<Integer> axes) {
        Shape shape = x.shape();
        for (int axis : axes) {
            shape = shape.with(axis, 1);
        }
        return shaped(reduced, shape);
    }

    /** How many values of {@code x} a reduction over {@code axes} takes together. */
    private static Node count(Node x, List<Integer> axes) {
        if (axes.stream().anyMatch(axis -> x.shape().extent(axis) < 0)) {
            Node ones = number(1).expandLike(x);
            return sumOfAll(Node.apply(new Op.Sum(axes, true), ones))
                    .dividedBy(sumOfAll(Node.apply(new Op.Mean(axes, true), ones)));
        }
        return number(axes.stream().mapToInt(x.shape()::extent).reduce(1, Math::multiplyExact));
    }

    private static Node transposed(Node matrices) {
        int rank = matrices.shape().rank();
        Integer[] permutation = IntStream.range(0, rank).boxed().toArray(Integer[]::new);
        permutation[rank - 2] = rank - 1;
        permutation[rank - 1] = rank - 2;
        return matrices.transpose(permutation);
    }

    private static Node perChannel(Node vector, Node x) {
        return x.shape().rank() == 2 ? vector : vector.reshape(vector.shape().extent(0), 1, 1);
    }
}
