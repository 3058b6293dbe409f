package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Layers with parameters, named {@code <layer>.weight}, {@code <layer>.bias} and so on, as PyTorch lays them out.
 *
 * <p>Weights start Xavier-uniform with the gain given, or as PyTorch's; biases of linear layers and convolutions start
 * uniform in ±1/√fan_in, as PyTorch's do.
 */
public final class Layers {
    private static final double BATCH_NORM_EPSILON = 1e-5;
    private static final double BATCH_NORM_MOMENTUM = 0.1;
    private static final double LAYER_NORM_EPSILON = 1e-5;
    private static final double SPECTRAL_NORM_EPSILON = 1e-12;

    private final DoubleFunction<Init> start;
    private final boolean spectralNorm;

    private Layers(DoubleFunction<Init> start, boolean spectralNorm) {
        this.start = start;
        this.spectralNorm = spectralNorm;
    }

    /** Layers whose weights are used as they are. */
    public static Layers plain() {
        return new Layers(Init::xavierUniform, false);
    }

    /** Layers whose every weight is spectrally normalised (Miyato et al. 2018). */
    public static Layers spectrallyNormalized() {
        return new Layers(Init::xavierUniform, true);
    }

    /** Layers whose weights are used as they are and start uniform in ±gain/√fan_in: with a gain of 1, as PyTorch's do. */
    public static Layers startingLikePyTorch() {
        return new Layers(Init::fanInUniform, false);
    }

    /** x·Wᵀ + b: (N, features) → (N, outputs). */
    public Node linear(String name, Node x, int outputs, double gain) {
        int features = x.shape().extent(1);
        Node weight = weight(name, gain, outputs, features);
        return Node.apply(new Op.Linear(), x, weight, bias(name, outputs, features))
                .named(name);
    }

    /** A convolution of an odd kernel that keeps height and width: (N, C, H, W) → (N, outputs, H, W). */
    public Node conv(String name, Node x, int outputs, int kernel, double gain) {
        return conv(name, x, outputs, kernel, 1, gain);
    }

    /**
     * A convolution of an odd kernel whose output is {@code stride} times smaller, rounded up: (N, C, H, W) → (N, outputs,
     * ⌈H / stride⌉, ⌈W / stride⌉).
     */
    public Node conv(String name, Node x, int outputs, int kernel, int stride, double gain) {
        int channels = x.shape().extent(1);
        Node weight = weight(name, gain, outputs, channels, kernel, kernel);
        Op.Conv2d op = new Op.Conv2d(Extent.square(stride), Extent.square(kernel / 2), Extent.square(1), 1);
        return Node.apply(op, x, weight, bias(name, outputs, channels * kernel * kernel))
                .named(name);
    }

    /** One learned row a class, mixed by the class weights: (N, classes) → (N, width). */
    public Node embedding(String name, Node classWeights, int width) {
        int classes = classWeights.shape().extent(1);
        return classWeights.matMul(weight(name, 1, classes, width)).named(name);
    }

    /** Batch normalisation with a learned gain and bias a channel: (N, C, H, W) → the same. */
    public Node batchNorm(String name, Node x) {
        int channels = x.shape().extent(1);
        return normalize(
                name,
                x,
                Node.parameter(name + ".gain", Init.constant(1), channels),
                Node.parameter(name + ".bias", Init.constant(0), channels));
    }

    /**
     * Batch normalisation with a gain and a bias per class and channel (Dumoulin et al. 2017; de Vries et al. 2017):
     * (N, C, H, W), (N, classes) → (N, C, H, W). Gains start N(1, 0.02), biases 0.
     */
    public Node conditionalBatchNorm(String name, Node x, Node classWeights) {
        int channels = x.shape().extent(1);
        int classes = classWeights.shape().extent(1);
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        Node normalized =
                normalize(name, x, Node.constant(Tensor.of(ones, channels)), Node.constant(Tensor.zeros(channels)));
        UnaryOperator<Node> perSample = table -> classWeights.matMul(table).reshape(Shape.N, channels, 1, 1);
        Node gain = perSample.apply(Node.parameter(name + ".gain", Init.normal(1, 0.02), classes, channels));
        Node bias = perSample.apply(Node.parameter(name + ".bias", Init.constant(0), classes, channels));
        return normalized.times(gain).plus(bias);
    }

    /**
     * Layer normalisation over channels, height and width (Ba et al. 2016) with a learned gain and bias for each element:
     * (N, C, H, W) → the same.
     */
    public Node layerNorm(String name, Node x) {
        int[] extents = {x.shape().extent(1), x.shape().extent(2), x.shape().extent(3)};
        Node gain = Node.parameter(name + ".gain", Init.constant(1), extents);
        Node bias = Node.parameter(name + ".bias", Init.constant(0), extents);
        return Node.apply(new Op.LayerNorm(LAYER_NORM_EPSILON), x, gain, bias).named(name);
    }

    private static Node normalize(String name, Node x, Node gain, Node bias) {
        int channels = x.shape().extent(1);
        Node mean = Node.buffer(name + ".mean", Init.constant(0), channels);
        Node variance = Node.buffer(name + ".variance", Init.constant(1), channels);
        Op.BatchNorm op = new Op.BatchNorm(BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM);
        return Node.apply(op, x, gain, bias, mean, variance).named(name);
    }

    private Node weight(String layer, double gain, int... extents) {
        String name = layer + ".weight";
        Node weight = Node.parameter(name, start.apply(gain), extents);
        if (!spectralNorm) {
            return weight;
        }
        int columns = Math.toIntExact(Tensor.count(extents) / extents[0]);
        Node u = Node.buffer(name + ".u", Init.unitVector(), extents[0]);
        Node v = Node.buffer(name + ".v", Init.unitVector(), columns);
        return Node.apply(new Op.SpectralNorm(SPECTRAL_NORM_EPSILON), weight, u, v);
    }

    private static Node bias(String layer, int outputs, int fanIn) {
        return Node.parameter(layer + ".bias", Init.uniform(1 / Math.sqrt(fanIn)), outputs);
    }
}
