package dev.ganzoo.zoo.graph.reference;

import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Reading;
import dev.ganzoo.zoo.random.Randomness;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The rules of the reference reading, for one evaluation: leaves are looked up, everything else follows. */
final class ReferenceRules implements Reading<DoubleTensor> {
    /** Masks of dropout are always the same. */
    private static final Randomness NOISE = Randomness.of(0);

    private final Mode mode;
    private final int batch;
    private final Map<String, DoubleTensor> inputs;
    private final Map<String, DoubleTensor> weights;
    private final Map<String, DoubleTensor> updatedBuffers;

    ReferenceRules(
            Mode mode,
            int batch,
            Map<String, DoubleTensor> inputs,
            Map<String, DoubleTensor> weights,
            Map<String, DoubleTensor> updatedBuffers) {
        this.mode = mode;
        this.batch = batch;
        this.inputs = inputs;
        this.weights = weights;
        this.updatedBuffers = updatedBuffers;
    }

    @Override
    public DoubleTensor input(Op.Input op, Node node) {
        return inputs.get(op.name());
    }

    @Override
    public DoubleTensor parameter(Op.Parameter op, Node node) {
        return weights.get(op.name());
    }

    @Override
    public DoubleTensor buffer(Op.Buffer op, Node node) {
        return weights.get(op.name());
    }

    @Override
    public DoubleTensor constant(Op.Constant op, Node node) {
        return DoubleTensor.of(op.value());
    }

    @Override
    public DoubleTensor add(Op.Add op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.broadcast(inputs.get(0), inputs.get(1), (a, b) -> a + b, shapeOf(node));
    }

    @Override
    public DoubleTensor subtract(Op.Subtract op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.broadcast(inputs.get(0), inputs.get(1), (a, b) -> a - b, shapeOf(node));
    }

    @Override
    public DoubleTensor multiply(Op.Multiply op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.broadcast(inputs.get(0), inputs.get(1), (a, b) -> a * b, shapeOf(node));
    }

    @Override
    public DoubleTensor divide(Op.Divide op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.broadcast(inputs.get(0), inputs.get(1), (a, b) -> a / b, shapeOf(node));
    }

    @Override
    public DoubleTensor sqrt(Op.Sqrt op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), Math::sqrt);
    }

    @Override
    public DoubleTensor relu(Op.Relu op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), x -> Math.max(x, 0));
    }

    @Override
    public DoubleTensor tanh(Op.Tanh op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), Math::tanh);
    }

    @Override
    public DoubleTensor exp(Op.Exp op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), Math::exp);
    }

    @Override
    public DoubleTensor log(Op.Log op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), Math::log);
    }

    @Override
    public DoubleTensor abs(Op.Abs op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), Math::abs);
    }

    @Override
    public DoubleTensor erf(Op.Erf op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), ErrorFunction::erf);
    }

    @Override
    public DoubleTensor sigmoid(Op.Sigmoid op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), x -> 1 / (1 + Math.exp(-x)));
    }

    @Override
    public DoubleTensor leakyRelu(Op.LeakyRelu op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), x -> x > 0 ? x : op.slope() * x);
    }

    @Override
    public DoubleTensor clip(Op.Clip op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), x -> Math.max(op.least(), Math.min(op.most(), x)));
    }

    @Override
    public DoubleTensor power(Op.Power op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(inputs.get(0), x -> Math.pow(x, op.exponent()));
    }

    @Override
    public DoubleTensor greater(Op.Greater op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.broadcast(inputs.get(0), inputs.get(1), (a, b) -> a > b ? 1 : 0, shapeOf(node));
    }

    @Override
    public DoubleTensor equal(Op.Equal op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.broadcast(inputs.get(0), inputs.get(1), (a, b) -> a == b ? 1 : 0, shapeOf(node));
    }

    @Override
    public DoubleTensor sum(Op.Sum op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.sum(inputs.get(0), op.axes(), shapeOf(node));
    }

    @Override
    public DoubleTensor mean(Op.Mean op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.mean(inputs.get(0), op.axes(), shapeOf(node));
    }

    @Override
    public DoubleTensor max(Op.Max op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.max(inputs.get(0), op.axes(), shapeOf(node));
    }

    @Override
    public DoubleTensor softmax(Op.Softmax op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.map(logSoftmax(inputs.get(0), op.axis()), Math::exp);
    }

    @Override
    public DoubleTensor logSoftmax(Op.LogSoftmax op, Node node, List<DoubleTensor> inputs) {
        return logSoftmax(inputs.get(0), op.axis());
    }

    @Override
    public DoubleTensor reshape(Op.Reshape op, Node node, List<DoubleTensor> inputs) {
        return inputs.get(0).reshaped(shapeOf(node));
    }

    @Override
    public DoubleTensor transpose(Op.Transpose op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.transpose(inputs.get(0), op.permutation());
    }

    @Override
    public DoubleTensor concat(Op.Concat op, Node node, List<DoubleTensor> inputs) {
        return Pieces.concat(inputs, op.axis(), shapeOf(node));
    }

    @Override
    public DoubleTensor slice(Op.Slice op, Node node, List<DoubleTensor> inputs) {
        return Pieces.slice(op, inputs.get(0), shapeOf(node));
    }

    @Override
    public DoubleTensor pad(Op.Pad op, Node node, List<DoubleTensor> inputs) {
        return Pieces.pad(op, inputs.get(0), shapeOf(node));
    }

    @Override
    public DoubleTensor expand(Op.Expand op, Node node, List<DoubleTensor> inputs) {
        DoubleTensor zeros = DoubleTensor.zeros(shapeOf(node));
        return Arithmetic.broadcast(inputs.get(0), zeros, (a, b) -> a, shapeOf(node));
    }

    @Override
    public DoubleTensor matMul(Op.MatMul op, Node node, List<DoubleTensor> inputs) {
        return Arithmetic.matMul(inputs.get(0), inputs.get(1), shapeOf(node));
    }

    @Override
    public DoubleTensor linear(Op.Linear op, Node node, List<DoubleTensor> inputs) {
        DoubleTensor product =
                Arithmetic.matMul(inputs.get(0), Arithmetic.transpose(inputs.get(1), List.of(1, 0)), shapeOf(node));
        return biased(inputs, product, 1, inputs.get(1).extent(0));
    }

    @Override
    public DoubleTensor conv2d(Op.Conv2d op, Node node, List<DoubleTensor> inputs) {
        DoubleTensor out = DoubleTensor.zeros(shapeOf(node));
        Convolution.conv2d(op, inputs.get(0), inputs.get(1), out);
        return biased(inputs, out, 1, out.extent(1), 1, 1);
    }

    @Override
    public DoubleTensor convTranspose2d(Op.ConvTranspose2d op, Node node, List<DoubleTensor> inputs) {
        DoubleTensor out = DoubleTensor.zeros(shapeOf(node));
        Convolution.convTranspose2d(op, inputs.get(0), inputs.get(1), out);
        return biased(inputs, out, 1, out.extent(1), 1, 1);
    }

    @Override
    public DoubleTensor avgPool2d(Op.AvgPool2d op, Node node, List<DoubleTensor> inputs) {
        return Pooling.avgPool2d(op, inputs.get(0), DoubleTensor.zeros(shapeOf(node)));
    }

    @Override
    public DoubleTensor maxPool2d(Op.MaxPool2d op, Node node, List<DoubleTensor> inputs) {
        return Pooling.maxPool2d(op, inputs.get(0), DoubleTensor.zeros(shapeOf(node)));
    }

    @Override
    public DoubleTensor maxPool2dGradient(Op.MaxPool2dGradient op, Node node, List<DoubleTensor> inputs) {
        return Pooling.maxPool2dGradient(op.pool(), inputs.get(0), inputs.get(1), DoubleTensor.zeros(shapeOf(node)));
    }

    @Override
    public DoubleTensor upsample2d(Op.Upsample2d op, Node node, List<DoubleTensor> inputs) {
        return Resampling.upsample2d(op, inputs.get(0), DoubleTensor.zeros(shapeOf(node)));
    }

    @Override
    public DoubleTensor batchNorm(Op.BatchNorm op, Node node, List<DoubleTensor> inputs) {
        DoubleTensor x = inputs.get(0);
        double[] mean = inputs.get(3).data();
        double[] variance = inputs.get(4).data();
        if (mode == Mode.TRAINING) {
            if (x.size() == x.extent(1)) {
                throw new IllegalArgumentException(
                        "batch norm in training needs more than 1 value per channel, got a batch of 1 at " + node);
            }
            BatchStatistics statistics = BatchStatistics.of(x);
            update(node.input(3), movedTowards(statistics.mean(), mean, op.momentum()));
            update(node.input(4), movedTowards(statistics.unbiasedVariance(), variance, op.momentum()));
            mean = statistics.mean();
            variance = statistics.biasedVariance();
        }
        return BatchStatistics.normalize(x, mean, variance, op.epsilon(), inputs.get(1), inputs.get(2));
    }

    @Override
    public DoubleTensor layerNorm(Op.LayerNorm op, Node node, List<DoubleTensor> inputs) {
        int[] shape = shapeOf(node);
        List<Integer> axes = IntStream.range(shape.length - inputs.get(1).rank(), shape.length)
                .boxed()
                .toList();
        int[] kept = shape.clone();
        axes.forEach(axis -> kept[axis] = 1);
        DoubleTensor x = inputs.get(0);
        DoubleTensor mean = Arithmetic.mean(x, axes, kept);
        DoubleTensor centred = Arithmetic.broadcast(x, mean, (value, m) -> value - m, shape);
        DoubleTensor variance = Arithmetic.mean(Arithmetic.map(centred, value -> value * value), axes, kept);
        DoubleTensor normal =
                Arithmetic.broadcast(centred, variance, (value, v) -> value / Math.sqrt(v + op.epsilon()), shape);
        DoubleTensor scaled = Arithmetic.broadcast(normal, inputs.get(1), (value, gain) -> value * gain, shape);
        return Arithmetic.broadcast(scaled, inputs.get(2), (value, bias) -> value + bias, shape);
    }

    @Override
    public DoubleTensor dropMask(Op.DropMask op, Node node, List<DoubleTensor> inputs) {
        return mode == Mode.TRAINING
                ? DoubleTensor.of(op.sample(batch, NOISE, 0))
                : Arithmetic.map(DoubleTensor.zeros(shapeOf(node)), zero -> 1);
    }

    @Override
    public DoubleTensor spectralNorm(Op.SpectralNorm op, Node node, List<DoubleTensor> inputs) {
        DoubleTensor weight = inputs.get(0);
        int rows = weight.extent(0);
        DoubleTensor matrix = weight.reshaped(rows, weight.size() / rows);
        SpectralIteration iteration = new SpectralIteration(
                matrix, inputs.get(1).data(), inputs.get(2).data());
        if (mode == Mode.TRAINING) {
            iteration = iteration.next(op.epsilon());
            update(node.input(1), iteration.u());
            update(node.input(2), iteration.v());
        }
        double sigma = iteration.sigma();
        return Arithmetic.map(weight, value -> value / sigma);
    }

    private static DoubleTensor logSoftmax(DoubleTensor x, int axis) {
        int[] kept = x.shape().clone();
        kept[axis] = 1;
        List<Integer> axes = List.of(axis);
        DoubleTensor lower =
                Arithmetic.broadcast(x, Arithmetic.max(x, axes, kept), (value, most) -> value - most, x.shape());
        DoubleTensor sum = Arithmetic.sum(Arithmetic.map(lower, Math::exp), axes, kept);
        return Arithmetic.broadcast(lower, sum, (value, total) -> value - Math.log(total), x.shape());
    }

    private int[] shapeOf(Node node) {
        return node.shape().at(batch);
    }

    /** {@code product} with the third input, where there is one, added along the axes of {@code biasShape}. */
    private static DoubleTensor biased(List<DoubleTensor> inputs, DoubleTensor product, int... biasShape) {
        return inputs.size() < 3
                ? product
                : Arithmetic.broadcast(
                        product, inputs.get(2).reshaped(biasShape), (value, bias) -> value + bias, product.shape());
    }

    private static double[] movedTowards(double[] target, double[] value, double momentum) {
        double[] moved = new double[value.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (1 - momentum) * value[i] + momentum * target[i];
        }
        return moved;
    }

    private void update(Node leaf, double[] value) {
        if (!(leaf.op() instanceof Op.Buffer buffer)) {
            return;
        }
        DoubleTensor earlier = updatedBuffers.put(buffer.name(), DoubleTensor.of(value, value.length));
        if (earlier != null) {
            throw new IllegalArgumentException(
                    "a buffer must be changed by one node only, two change " + buffer.name());
        }
    }
}
