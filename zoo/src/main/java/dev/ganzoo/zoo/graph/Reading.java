package dev.ganzoo.zoo.graph;

import java.util.List;

/**
 * One way to understand a graph: a rule per operation, from what the inputs mean to what the node means.
 *
 * <p>What a value means is up to the reading: its shape, its number, a tensor on a device, a name in an ONNX file.
 * {@link Interpreter} walks the graph and hands each rule the meanings of its node's inputs, in order.
 *
 * @param <R> what a node means in this reading
 */
public interface Reading<R> {
    /** The rule for {@link Op.Input}. */
    R input(Op.Input op, Node node);

    /** The rule for {@link Op.Parameter}. */
    R parameter(Op.Parameter op, Node node);

    /** The rule for {@link Op.Buffer}. */
    R buffer(Op.Buffer op, Node node);

    /** The rule for {@link Op.Constant}. */
    R constant(Op.Constant op, Node node);

    /** The rule for {@link Op.Add}. */
    R add(Op.Add op, Node node, List<R> inputs);

    /** The rule for {@link Op.Subtract}. */
    R subtract(Op.Subtract op, Node node, List<R> inputs);

    /** The rule for {@link Op.Multiply}. */
    R multiply(Op.Multiply op, Node node, List<R> inputs);

    /** The rule for {@link Op.Divide}. */
    R divide(Op.Divide op, Node node, List<R> inputs);

    /** The rule for {@link Op.Sqrt}. */
    R sqrt(Op.Sqrt op, Node node, List<R> inputs);

    /** The rule for {@link Op.Relu}. */
    R relu(Op.Relu op, Node node, List<R> inputs);

    /** The rule for {@link Op.Tanh}. */
    R tanh(Op.Tanh op, Node node, List<R> inputs);

    /** The rule for {@link Op.Exp}. */
    R exp(Op.Exp op, Node node, List<R> inputs);

    /** The rule for {@link Op.Log}. */
    R log(Op.Log op, Node node, List<R> inputs);

    /** The rule for {@link Op.Abs}. */
    R abs(Op.Abs op, Node node, List<R> inputs);

    /** The rule for {@link Op.Erf}. */
    R erf(Op.Erf op, Node node, List<R> inputs);

    /** The rule for {@link Op.Sigmoid}. */
    R sigmoid(Op.Sigmoid op, Node node, List<R> inputs);

    /** The rule for {@link Op.LeakyRelu}. */
    R leakyRelu(Op.LeakyRelu op, Node node, List<R> inputs);

    /** The rule for {@link Op.Clip}. */
    R clip(Op.Clip op, Node node, List<R> inputs);

    /** The rule for {@link Op.Power}. */
    R power(Op.Power op, Node node, List<R> inputs);

    /** The rule for {@link Op.Greater}. */
    R greater(Op.Greater op, Node node, List<R> inputs);

    /** The rule for {@link Op.Equal}. */
    R equal(Op.Equal op, Node node, List<R> inputs);

    /** The rule for {@link Op.Sum}. */
    R sum(Op.Sum op, Node node, List<R> inputs);

    /** The rule for {@link Op.Mean}. */
    R mean(Op.Mean op, Node node, List<R> inputs);

    /** The rule for {@link Op.Max}. */
    R max(Op.Max op, Node node, List<R> inputs);

    /** The rule for {@link Op.Softmax}. */
    R softmax(Op.Softmax op, Node node, List<R> inputs);

    /** The rule for {@link Op.LogSoftmax}. */
    R logSoftmax(Op.LogSoftmax op, Node node, List<R> inputs);

    /** The rule for {@link Op.Reshape}. */
    R reshape(Op.Reshape op, Node node, List<R> inputs);

    /** The rule for {@link Op.Transpose}. */
    R transpose(Op.Transpose op, Node node, List<R> inputs);

    /** The rule for {@link Op.Concat}. */
    R concat(Op.Concat op, Node node, List<R> inputs);

    /** The rule for {@link Op.Slice}. */
    R slice(Op.Slice op, Node node, List<R> inputs);

    /** The rule for {@link Op.Pad}. */
    R pad(Op.Pad op, Node node, List<R> inputs);

    /** The rule for {@link Op.Expand}. */
    R expand(Op.Expand op, Node node, List<R> inputs);

    /** The rule for {@link Op.MatMul}. */
    R matMul(Op.MatMul op, Node node, List<R> inputs);

    /** The rule for {@link Op.Linear}. */
    R linear(Op.Linear op, Node node, List<R> inputs);

    /** The rule for {@link Op.Conv2d}. */
    R conv2d(Op.Conv2d op, Node node, List<R> inputs);

    /** The rule for {@link Op.ConvTranspose2d}. */
    R convTranspose2d(Op.ConvTranspose2d op, Node node, List<R> inputs);

    /** The rule for {@link Op.AvgPool2d}. */
    R avgPool2d(Op.AvgPool2d op, Node node, List<R> inputs);

    /** The rule for {@link Op.MaxPool2d}. */
    R maxPool2d(Op.MaxPool2d op, Node node, List<R> inputs);

    /** The rule for {@link Op.MaxPool2dGradient}. */
    R maxPool2dGradient(Op.MaxPool2dGradient op, Node node, List<R> inputs);

    /** The rule for {@link Op.Upsample2d}. */
    R upsample2d(Op.Upsample2d op, Node node, List<R> inputs);

    /** The rule for {@link Op.BatchNorm}. */
    R batchNorm(Op.BatchNorm op, Node node, List<R> inputs);

    /** The rule for {@link Op.LayerNorm}. */
    R layerNorm(Op.LayerNorm op, Node node, List<R> inputs);

    /** The rule for {@link Op.SpectralNorm}. */
    R spectralNorm(Op.SpectralNorm op, Node node, List<R> inputs);

    /** The rule for {@link Op.DropMask}. */
    R dropMask(Op.DropMask op, Node node, List<R> inputs);
}
