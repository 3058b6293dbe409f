package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Interpolation;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Reading;
import dev.ganzoo.zoo.random.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The reading of a graph as libtorch computation: each rule is one or a few calls, and the gradient is libtorch's own.
 *
 * <p>One instance serves one evaluation. Every array a rule makes belongs to {@code scope}. In training, batch norm moves
 * its running statistics in place, and spectral norm's new vectors replace the old ones in {@code values}: a vector in
 * use by the gradient must not change under it.
 */
final class DjlReading implements Reading<NDArray> {
    /** The codes of DJL's {@code interpolation}. */
    private static final int NEAREST = 0;

    private static final int BILINEAR = 1;

    /** DJL's code for a channel axis that libtorch already takes to be the second. */
    private static final int CHANNELS_SECOND = -1;

    private final NDManager scope;
    private final Map<String, NDArray> inputs;
    private final NetworkValues values;
    private final Mode mode;
    private final boolean channelsLast;
    private final Overwriting overwriting;
    private final Randomness noise;

    /**
     * {@code channelsLast} is whether images shall lie in memory so wherever they are convolved; {@code overwriting} knows the
     * graph; {@code noise} is what masks of dropout are drawn from.
     */
    DjlReading(
            NDManager scope,
            Map<String, NDArray> inputs,
            NetworkValues values,
            Mode mode,
            boolean channelsLast,
            Overwriting overwriting,
            Randomness noise) {
        this.scope = scope;
        this.inputs = inputs;
        this.values = values;
        this.mode = mode;
        this.channelsLast = channelsLast;
        this.overwriting = overwriting;
        this.noise = noise;
    }

    @Override
    public NDArray input(Op.Input op, Node node) {
        NDArray value = inputs.get(op.name());
        if (value == null) {
            throw new IllegalArgumentException(
                    "input \"%s\" must be given, got %s".formatted(op.name(), inputs.keySet()));
        }
        return value;
    }

    @Override
    public NDArray parameter(Op.Parameter op, Node node) {
        return values.get(op.name());
    }

    @Override
    public NDArray buffer(Op.Buffer op, Node node) {
        return values.get(op.name());
    }

    @Override
    public NDArray constant(Op.Constant op, Node node) {
        return values.constant(op.value());
    }

    @Override
    public NDArray add(Op.Add op, Node node, List<NDArray> inputs) {
        return own(overwriting.sum(scope, node, inputs));
    }

    @Override
    public NDArray subtract(Op.Subtract op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).sub(inputs.get(1)));
    }

    @Override
    public NDArray multiply(Op.Multiply op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).mul(inputs.get(1)));
    }

    @Override
    public NDArray divide(Op.Divide op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).div(inputs.get(1)));
    }

    @Override
    public NDArray sqrt(Op.Sqrt op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).sqrt());
    }

    @Override
    public NDArray relu(Op.Relu op, Node node, List<NDArray> inputs) {
        return own(overwriting.relu(scope, node, inputs.get(0)));
    }

    @Override
    public NDArray tanh(Op.Tanh op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).tanh());
    }

    @Override
    public NDArray exp(Op.Exp op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).exp());
    }

    @Override
    public NDArray log(Op.Log op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).log());
    }

    @Override
    public NDArray abs(Op.Abs op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).abs());
    }

    @Override
    public NDArray erf(Op.Erf op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).erf());
    }

    @Override
    public NDArray sigmoid(Op.Sigmoid op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).getNDArrayInternal().sigmoid());
    }

    @Override
    public NDArray leakyRelu(Op.LeakyRelu op, Node node, List<NDArray> inputs) {
        return own(overwriting.leakyRelu(scope, op, node, inputs.get(0)));
    }

    @Override
    public NDArray clip(Op.Clip op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).clip(op.least(), op.most()));
    }

    @Override
    public NDArray power(Op.Power op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).pow(Scopes.number(op.exponent(), scope)));
    }

    @Override
    public NDArray greater(Op.Greater op, Node node, List<NDArray> inputs) {
        return own(mask(inputs.get(0).gt(inputs.get(1))));
    }

    @Override
    public NDArray equal(Op.Equal op, Node node, List<NDArray> inputs) {
        return own(mask(inputs.get(0).eq(inputs.get(1))));
    }

    @Override
    public NDArray sum(Op.Sum op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).sum(axes(op.axes()), op.keepAxes()));
    }

    @Override
    public NDArray mean(Op.Mean op, Node node, List<NDArray> inputs) {
        NDArray x = inputs.get(0);
        long count =
                op.axes().stream().mapToLong(axis -> x.getShape().get(axis)).reduce(1, Math::multiplyExact);
        return own(own(x.sum(axes(op.axes()), op.keepAxes())).div(Scopes.number(count, scope)));
    }

    @Override
    public NDArray max(Op.Max op, Node node, List<NDArray> inputs) {
        NDArray max = inputs.get(0);
        for (int axis : op.axes()) {
            max = own(max.max(new int[] {axis}, true));
        }
        return op.keepAxes() ? max : own(max.reshape(reshapeTarget(node.shape())));
    }

    @Override
    public NDArray softmax(Op.Softmax op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).softmax(op.axis()));
    }

    @Override
    public NDArray logSoftmax(Op.LogSoftmax op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).logSoftmax(op.axis()));
    }

    @Override
    public NDArray reshape(Op.Reshape op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).reshape(reshapeTarget(op.shape())));
    }

    @Override
    public NDArray transpose(Op.Transpose op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).transpose(axes(op.permutation())));
    }

    @Override
    public NDArray concat(Op.Concat op, Node node, List<NDArray> inputs) {
        return inputs.size() == 1 ? inputs.get(0) : own(NDArrays.concat(new NDList(inputs), op.axis()));
    }

    @Override
    public NDArray slice(Op.Slice op, Node node, List<NDArray> inputs) {
        NDArray x = inputs.get(0);
        if (op.step() > 0) {
            return own(x.get(along(op.axis()).addSliceDim(op.start(), op.end(), op.step())));
        }
        long last = x.getShape().get(op.axis()) - 1;
        NDArray backwards = own(x.flip(op.axis()));
        return own(backwards.get(along(op.axis()).addSliceDim(last - op.start(), last - op.end(), -op.step())));
    }

    @Override
    public NDArray pad(Op.Pad op, Node node, List<NDArray> inputs) {
        int rank = op.before().size();
        long[] innermostFirst = new long[2 * rank];
        for (int axis = 0; axis < rank; axis++) {
            innermostFirst[2 * (rank - 1 - axis)] = op.before().get(axis);
            innermostFirst[2 * (rank - 1 - axis) + 1] = op.after().get(axis);
        }
        return own(inputs.get(0).pad(new Shape(innermostFirst), op.value()));
    }

    @Override
    public NDArray expand(Op.Expand op, Node node, List<NDArray> inputs) {
        int last = inputs.size() - 1;
        int batch = node.input(last)
                .shape()
                .batchOf(ints(inputs.get(last).getShape()))
                .orElse(1);
        long[] extents = IntStream.of(op.shape().at(batch)).asLongStream().toArray();
        return own(inputs.get(0).broadcast(new Shape(extents)));
    }

    @Override
    public NDArray matMul(Op.MatMul op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0).matMul(inputs.get(1)));
    }

    @Override
    public NDArray linear(Op.Linear op, Node node, List<NDArray> inputs) {
        NDArray bias = inputs.size() > 2 ? inputs.get(2) : null;
        return own(inputs.get(0)
                .getNDArrayInternal()
                .linear(inputs.get(0), inputs.get(1), bias)
                .singletonOrThrow());
    }

    @Override
    public NDArray conv2d(Op.Conv2d op, Node node, List<NDArray> inputs) {
        NDArray bias = inputs.size() > 2 ? inputs.get(2) : null;
        try (NDManager scratch = scope.newSubManager()) {
            NDArray x = convolved(scratch, inputs.get(0));
            return own(x.getNDArrayInternal()
                    .convolution(
                            x,
                            inputs.get(1),
                            bias,
                            shape(op.stride()),
                            shape(op.padding()),
                            shape(op.dilation()),
                            op.groups())
                    .singletonOrThrow());
        }
    }

    @Override
    public NDArray convTranspose2d(Op.ConvTranspose2d op, Node node, List<NDArray> inputs) {
        try (NDManager scratch = scope.newSubManager()) {
            List<NDArray> laidOut = new ArrayList<>(inputs);
            laidOut.set(0, convolved(scratch, inputs.get(0)));
            return own(TransposedConvolution.apply(scope, op, laidOut));
        }
    }

    /** An image as convolutions want it in memory. */
    private NDArray convolved(NDManager scratch, NDArray image) {
        return channelsLast ? ChannelsLast.of(scratch, image) : image;
    }

    @Override
    public NDArray avgPool2d(Op.AvgPool2d op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0)
                .getNDArrayInternal()
                .avgPool(shape(op.window()), shape(op.stride()), shape(op.padding()), false, true));
    }

    @Override
    public NDArray maxPool2d(Op.MaxPool2d op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0)
                .getNDArrayInternal()
                .maxPool(shape(op.window()), shape(op.stride()), shape(op.padding()), false));
    }

    @Override
    public NDArray maxPool2dGradient(Op.MaxPool2dGradient op, Node node, List<NDArray> inputs) {
        return own(MaxPoolGradient.apply(scope, op.pool(), inputs.get(0), inputs.get(1)));
    }

    @Override
    public NDArray upsample2d(Op.Upsample2d op, Node node, List<NDArray> inputs) {
        NDArray x = inputs.get(0);
        long[] size = {x.getShape().get(2) * op.factor(), x.getShape().get(3) * op.factor()};
        int mode = op.interpolation() == Interpolation.NEAREST ? NEAREST : BILINEAR;
        return own(x.getNDArrayInternal().interpolation(size, mode, false));
    }

    @Override
    public NDArray batchNorm(Op.BatchNorm op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0)
                .getNDArrayInternal()
                .batchNorm(
                        inputs.get(0),
                        inputs.get(3),
                        inputs.get(4),
                        inputs.get(1),
                        inputs.get(2),
                        CHANNELS_SECOND,
                        (float) (1 - op.momentum()),
                        (float) op.epsilon(),
                        mode == Mode.TRAINING)
                .singletonOrThrow());
    }

    @Override
    public NDArray layerNorm(Op.LayerNorm op, Node node, List<NDArray> inputs) {
        return own(inputs.get(0)
                .getNDArrayInternal()
                .layerNorm(inputs.get(0), inputs.get(1).getShape(), inputs.get(1), inputs.get(2), (float) op.epsilon())
                .singletonOrThrow());
    }

    @Override
    public NDArray spectralNorm(Op.SpectralNorm op, Node node, List<NDArray> inputs) {
        NDArray weight = inputs.get(0);
        NDArray u = inputs.get(1);
        NDArray v = inputs.get(2);
        try (NDManager scratch = scope.newSubManager()) {
            NDArray matrix = Scopes.move(weight.reshape(weight.getShape().get(0), -1), scratch);
            if (mode == Mode.TRAINING) {
                NDArray fixed = Scopes.move(matrix.stopGradient(), scratch);
                v = direction(fixed.transpose().matMul(u), op.epsilon());
                u = direction(fixed.matMul(v), op.epsilon());
                values.replace(node.input(1), u);
                values.replace(node.input(2), v);
            }
            NDArray sigma = Scopes.move(matrix.matMul(v), scratch).mul(u).sum();
            return own(weight.div(sigma));
        }
    }

    @Override
    public NDArray dropMask(Op.DropMask op, Node node, List<NDArray> inputs) {
        int batch =
                node.input(0).shape().batchOf(ints(inputs.get(0).getShape())).orElseThrow();
        return mode == Mode.TRAINING
                ? NetworkValues.upload(scope, op.sample(batch, noise, 0))
                : scope.ones(new Shape(
                        IntStream.of(op.shape().at(batch)).asLongStream().toArray()));
    }

    /** {@code vector} scaled to length 1, and closed. */
    private static NDArray direction(NDArray vector, double epsilon) {
        try (vector;
                NDArray length = vector.norm();
                NDArray bounded = length.maximum((float) epsilon)) {
            return vector.div(bounded);
        }
    }

    /** libtorch takes −1 for "whatever is left", which the batch axis is. */
    private static long[] reshapeTarget(dev.ganzoo.zoo.graph.Shape shape) {
        return IntStream.of(shape.extents())
                .mapToLong(extent -> Math.max(extent, -1))
                .toArray();
    }

    private NDArray mask(NDArray truth) {
        try (truth) {
            return truth.toType(DataType.FLOAT32, false);
        }
    }

    private static NDIndex along(int axis) {
        return new NDIndex().addAllDim(axis);
    }

    private static int[] ints(Shape shape) {
        return LongStream.of(shape.getShape()).mapToInt(Math::toIntExact).toArray();
    }

    private NDArray own(NDArray array) {
        return Scopes.move(array, scope);
    }

    private static int[] axes(List<Integer> axes) {
        return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Shape shape(Extent extent) {
        return new Shape(extent.height(), extent.width());
    }
}
