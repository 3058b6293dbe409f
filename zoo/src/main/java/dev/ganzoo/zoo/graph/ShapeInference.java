package dev.ganzoo.zoo.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The reading of a graph as shapes; it runs as each node is made. */
final class ShapeInference implements Reading<Shape> {
    static final ShapeInference RULES = new ShapeInference();

    private ShapeInference() {}

    @Override
    public Shape input(Op.Input op, Node node) {
        return node.shape();
    }

    @Override
    public Shape parameter(Op.Parameter op, Node node) {
        return node.shape();
    }

    @Override
    public Shape buffer(Op.Buffer op, Node node) {
        return node.shape();
    }

    @Override
    public Shape constant(Op.Constant op, Node node) {
        return node.shape();
    }

    @Override
    public Shape add(Op.Add op, Node node, List<Shape> inputs) {
        return broadcast(inputs);
    }

    @Override
    public Shape subtract(Op.Subtract op, Node node, List<Shape> inputs) {
        return broadcast(inputs);
    }

    @Override
    public Shape multiply(Op.Multiply op, Node node, List<Shape> inputs) {
        return broadcast(inputs);
    }

    @Override
    public Shape divide(Op.Divide op, Node node, List<Shape> inputs) {
        return broadcast(inputs);
    }

    @Override
    public Shape sqrt(Op.Sqrt op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape relu(Op.Relu op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape tanh(Op.Tanh op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape exp(Op.Exp op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape log(Op.Log op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape abs(Op.Abs op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape erf(Op.Erf op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape sigmoid(Op.Sigmoid op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape leakyRelu(Op.LeakyRelu op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape clip(Op.Clip op, Node node, List<Shape> inputs) {
        check(op.least() <= op.most(), "limits must not cross, got %s and %s", op.least(), op.most());
        return only(inputs);
    }

    @Override
    public Shape power(Op.Power op, Node node, List<Shape> inputs) {
        return only(inputs);
    }

    @Override
    public Shape greater(Op.Greater op, Node node, List<Shape> inputs) {
        return broadcast(inputs);
    }

    @Override
    public Shape equal(Op.Equal op, Node node, List<Shape> inputs) {
        return broadcast(inputs);
    }

    @Override
    public Shape sum(Op.Sum op, Node node, List<Shape> inputs) {
        return reduce(only(inputs), op.axes(), op.keepAxes());
    }

    @Override
    public Shape mean(Op.Mean op, Node node, List<Shape> inputs) {
        return reduce(only(inputs), op.axes(), op.keepAxes());
    }

    @Override
    public Shape max(Op.Max op, Node node, List<Shape> inputs) {
        return reduce(only(inputs), op.axes(), op.keepAxes());
    }

    @Override
    public Shape softmax(Op.Softmax op, Node node, List<Shape> inputs) {
        return along(op.axis(), only(inputs));
    }

    @Override
    public Shape logSoftmax(Op.LogSoftmax op, Node node, List<Shape> inputs) {
        return along(op.axis(), only(inputs));
    }

    @Override
    public Shape reshape(Op.Reshape op, Node node, List<Shape> inputs) {
        check(
                only(inputs).holdsAsManyAs(op.shape()),
                "a reshape must keep every value, got %s to %s",
                only(inputs),
                op.shape());
        return op.shape();
    }

    @Override
    public Shape transpose(Op.Transpose op, Node node, List<Shape> inputs) {
        Shape from = only(inputs);
        List<Integer> sorted = op.permutation().stream().sorted().toList();
        check(
                sorted.equals(axes(from.rank())),
                "a transpose must permute all %s axes, got %s",
                from.rank(),
                op.permutation());
        return Shape.of(op.permutation().stream().mapToInt(from::extent).toArray());
    }

    @Override
    public Shape concat(Op.Concat op, Node node, List<Shape> inputs) {
        count(inputs, 1, Integer.MAX_VALUE);
        Shape first = along(op.axis(), inputs.get(0));
        int extent = 0;
        for (Shape input : inputs) {
            check(
                    input.rank() == first.rank()
                            && input.with(op.axis(), 1).equals(first.with(op.axis(), 1))
                            && input.extent(op.axis()) > 0,
                    "inputs must differ only along axis %s, which is not the batch's, got %s",
                    op.axis(),
                    inputs);
            extent = Math.addExact(extent, input.extent(op.axis()));
        }
        return first.with(op.axis(), extent);
    }

    @Override
    public Shape slice(Op.Slice op, Node node, List<Shape> inputs) {
        Shape x = along(op.axis(), only(inputs));
        int extent = x.extent(op.axis());
        check(extent > 0, "a slice must not cut the batch, got axis %s of %s", op.axis(), x);
        check(op.step() != 0, "the step must not be 0, got %s", op);
        boolean inside = op.step() > 0
                ? op.start() >= 0 && op.start() < op.end() && op.end() <= extent
                : op.end() >= -1 && op.end() < op.start() && op.start() < extent;
        check(inside, "a slice must be of entries of %s, got %s", x, op);
        int room = Math.abs(op.end() - op.start());
        return x.with(op.axis(), (room - 1) / Math.abs(op.step()) + 1);
    }

    @Override
    public Shape pad(Op.Pad op, Node node, List<Shape> inputs) {
        Shape x = only(inputs);
        check(
                op.before().size() == x.rank() && op.after().size() == x.rank(),
                "padding must be given for each of %s axes, got %s",
                x.rank(),
                op);
        Shape padded = x;
        for (int axis = 0; axis < x.rank(); axis++) {
            int before = op.before().get(axis);
            int after = op.after().get(axis);
            check(before >= 0 && after >= 0, "padding must be at least 0, got %s", op);
            check(x.extent(axis) > 0 || before + after == 0, "the batch must not be padded, got %s of %s", op, x);
            padded = padded.with(axis, x.extent(axis) + (before + after));
        }
        return padded;
    }

    @Override
    public Shape expand(Op.Expand op, Node node, List<Shape> inputs) {
        count(inputs, 1, 2);
        Shape x = inputs.get(0);
        check(x.broadcastWith(op.shape()).equals(op.shape()), "%s must stretch to %s", x, op.shape());
        check(
                !op.shape().isBatched() || inputs.get(inputs.size() - 1).isBatched(),
                "an input with a batch is needed for %s, got %s",
                op.shape(),
                inputs);
        return op.shape();
    }

    @Override
    public Shape matMul(Op.MatMul op, Node node, List<Shape> inputs) {
        count(inputs, 2, 2);
        Shape left = inputs.get(0);
        Shape right = inputs.get(1);
        check(left.rank() >= 2 && right.rank() >= 2, "at least 2 axes are needed, got %s and %s", left, right);
        check(left.extent(-1) == right.extent(-2), "columns must equal rows, got %s and %s", left, right);
        Shape batches = outer(left).broadcastWith(outer(right));
        int[] extents = Arrays.copyOf(batches.extents(), batches.rank() + 2);
        extents[batches.rank()] = left.extent(-2);
        extents[batches.rank() + 1] = right.extent(-1);
        return Shape.of(extents);
    }

    @Override
    public Shape linear(Op.Linear op, Node node, List<Shape> inputs) {
        count(inputs, 2, 3);
        Shape x = ranked(inputs.get(0), 2);
        Shape weight = ranked(inputs.get(1), 2);
        check(x.extent(1) == weight.extent(1), "the weight must take %s features, got %s", x.extent(1), weight);
        checkBias(inputs, weight.extent(0));
        return Shape.of(x.extent(0), weight.extent(0));
    }

    @Override
    public Shape conv2d(Op.Conv2d op, Node node, List<Shape> inputs) {
        count(inputs, 2, 3);
        Shape x = ranked(inputs.get(0), 4);
        Shape weight = ranked(inputs.get(1), 4);
        check(
                positive(op.stride()) && positive(op.dilation()),
                "stride and dilation must be > 0, got %s and %s",
                op.stride(),
                op.dilation());
        check(
                x.extent(1) == weight.extent(1) * op.groups(),
                "the kernel must take %s channels in %s groups, got %s",
                x.extent(1),
                op.groups(),
                weight);
        check(
                weight.extent(0) % op.groups() == 0,
                "output channels must be a multiple of %s groups, got %s",
                op.groups(),
                weight);
        checkBias(inputs, weight.extent(0));
        int height = slides(
                x.extent(2),
                weight.extent(2),
                op.stride().height(),
                op.padding().height(),
                op.dilation().height());
        int width = slides(
                x.extent(3),
                weight.extent(3),
                op.stride().width(),
                op.padding().width(),
                op.dilation().width());
        return Shape.of(x.extent(0), weight.extent(0), height, width);
    }

    @Override
    public Shape convTranspose2d(Op.ConvTranspose2d op, Node node, List<Shape> inputs) {
        count(inputs, 2, 3);
        Shape x = ranked(inputs.get(0), 4);
        Shape weight = ranked(inputs.get(1), 4);
        check(
                positive(op.stride()) && positive(op.dilation()),
                "stride and dilation must be > 0, got %s and %s",
                op.stride(),
                op.dilation());
        check(
                x.extent(1) == weight.extent(0) && x.extent(1) % op.groups() == 0,
                "the kernel must take %s channels in %s groups, got %s",
                x.extent(1),
                op.groups(),
                weight);
        int outputs = weight.extent(1) * op.groups();
        checkBias(inputs, outputs);
        int height = (x.extent(2) - 1) * op.stride().height()
                - 2 * op.padding().height()
                + op.dilation().height() * (weight.extent(2) - 1)
                + 1
                + op.outputPadding().height();
        int width = (x.extent(3) - 1) * op.stride().width()
                - 2 * op.padding().width()
                + op.dilation().width() * (weight.extent(3) - 1)
                + 1
                + op.outputPadding().width();
        check(height > 0 && width > 0, "padding must leave an image, got %s × %s", height, width);
        return Shape.of(x.extent(0), outputs, height, width);
    }

    @Override
    public Shape avgPool2d(Op.AvgPool2d op, Node node, List<Shape> inputs) {
        return pooled(only(inputs), op.window(), op.stride(), op.padding());
    }

    @Override
    public Shape maxPool2d(Op.MaxPool2d op, Node node, List<Shape> inputs) {
        check(
                op.padding().height() * 2 <= op.window().height()
                        && op.padding().width() * 2 <= op.window().width(),
                "the padding must be at most half the window %s, got %s",
                op.window(),
                op.padding());
        return pooled(only(inputs), op.window(), op.stride(), op.padding());
    }

    @Override
    public Shape maxPool2dGradient(Op.MaxPool2dGradient op, Node node, List<Shape> inputs) {
        count(inputs, 2, 2);
        Shape pooled = maxPool2d(op.pool(), node, inputs.subList(0, 1));
        check(inputs.get(1).equals(pooled), "the gradient must have shape %s, got %s", pooled, inputs.get(1));
        return inputs.get(0);
    }

    @Override
    public Shape upsample2d(Op.Upsample2d op, Node node, List<Shape> inputs) {
        Shape x = ranked(only(inputs), 4);
        check(op.factor() > 0, "the factor must be > 0, got %s", op.factor());
        return x.with(2, x.extent(2) * op.factor()).with(3, x.extent(3) * op.factor());
    }

    @Override
    public Shape batchNorm(Op.BatchNorm op, Node node, List<Shape> inputs) {
        count(inputs, 5, 5);
        Shape x = inputs.get(0);
        check(x.rank() == 2 || x.rank() == 4, "batch norm takes (N, C) or (N, C, H, W), got %s", x);
        for (Shape perChannel : inputs.subList(1, 5)) {
            check(
                    perChannel.equals(Shape.of(x.extent(1))),
                    "each statistic must have shape (%s), got %s",
                    x.extent(1),
                    perChannel);
        }
        return x;
    }

    @Override
    public Shape layerNorm(Op.LayerNorm op, Node node, List<Shape> inputs) {
        count(inputs, 3, 3);
        Shape x = inputs.get(0);
        Shape gain = inputs.get(1);
        int outer = x.rank() - gain.rank();
        check(
                outer >= 0
                        && gain.rank() > 0
                        && gain.equals(Shape.of(Arrays.copyOfRange(x.extents(), outer, x.rank()))),
                "the gain must have the shape of the last axes of %s, got %s",
                x,
                gain);
        check(inputs.get(2).equals(gain), "the bias must have shape %s, got %s", gain, inputs.get(2));
        return x;
    }

    @Override
    public Shape dropMask(Op.DropMask op, Node node, List<Shape> inputs) {
        count(inputs, 1, 1);
        check(op.shape().isBatched(), "a mask must have a batch axis, got %s", op.shape());
        check(inputs.get(0).isBatched(), "an input with a batch is needed, got %s", inputs.get(0));
        return op.shape();
    }

    @Override
    public Shape spectralNorm(Op.SpectralNorm op, Node node, List<Shape> inputs) {
        count(inputs, 3, 3);
        Shape weight = inputs.get(0);
        check(weight.rank() >= 2 && !weight.isBatched(), "spectral norm takes a weight (O, …), got %s", weight);
        int rows = weight.extent(0);
        int columns = 1;
        for (int axis = 1; axis < weight.rank(); axis++) {
            columns *= weight.extent(axis);
        }
        check(inputs.get(1).equals(Shape.of(rows)), "u must have shape (%s), got %s", rows, inputs.get(1));
        check(inputs.get(2).equals(Shape.of(columns)), "v must have shape (%s), got %s", columns, inputs.get(2));
        return weight;
    }

    private static Shape broadcast(List<Shape> inputs) {
        count(inputs, 2, 2);
        return inputs.get(0).broadcastWith(inputs.get(1));
    }

    private static Shape along(int axis, Shape shape) {
        check(axis >= 0 && axis < shape.rank(), "the axis must be one of %s, got %s", shape, axis);
        return shape;
    }

    private static Shape outer(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.extents(), shape.rank() - 2));
    }

    private static Shape pooled(Shape image, Extent window, Extent stride, Extent padding) {
        Shape x = ranked(image, 4);
        check(positive(window) && positive(stride), "window and stride must be > 0, got %s and %s", window, stride);
        return x.with(2, slides(x.extent(2), window.height(), stride.height(), padding.height(), 1))
                .with(3, slides(x.extent(3), window.width(), stride.width(), padding.width(), 1));
    }

    private static Shape only(List<Shape> inputs) {
        count(inputs, 1, 1);
        return inputs.get(0);
    }

    private static void count(List<Shape> inputs, int least, int most) {
        String needed = least == most ? Integer.toString(least) : least + " to " + most;
        check(
                inputs.size() >= least && inputs.size() <= most,
                most == 1 ? "%s input is needed, got %s" : "%s inputs are needed, got %s",
                needed,
                inputs.size());
    }

    private static Shape ranked(Shape shape, int rank) {
        check(shape.rank() == rank, "%s axes are needed, got %s", rank, shape);
        return shape;
    }

    private static boolean positive(Extent extent) {
        return extent.height() > 0 && extent.width() > 0;
    }

    private static void checkBias(List<Shape> inputs, int outputs) {
        check(
                inputs.size() < 3 || inputs.get(2).equals(Shape.of(outputs)),
                "the bias must have shape (%s), got %s",
                outputs,
                inputs.get(inputs.size() - 1));
    }

    private static Shape reduce(Shape from, List<Integer> axes, boolean keepAxes) {
        check(axes(from.rank()).containsAll(axes), "axes must be among %s, got %s", axes(from.rank()), axes);
        check(axes.stream().distinct().count() == axes.size(), "axes must differ, got %s", axes);
        int[] kept = axes(from.rank()).stream()
                .filter(axis -> keepAxes || !axes.contains(axis))
                .mapToInt(axis -> axes.contains(axis) ? 1 : from.extent(axis))
                .toArray();
        return Shape.of(kept);
    }

    private static List<Integer> axes(int rank) {
        return IntStream.range(0, rank).boxed().toList();
    }

    private static int slides(int extent, int kernel, int stride, int padding, int dilation) {
        int room = extent + 2 * padding - dilation * (kernel - 1) - 1;
        check(room >= 0, "a kernel of %s with dilation %s must fit into %s + 2·%s", kernel, dilation, extent, padding);
        return room / stride + 1;
    }

    private static void check(boolean condition, String message, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
