package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Layers with parameters, named {@code <layer>.weight}, {@code <layer>.bias} and so on, as PyTorch lays them out.
 * Immutable.
 *
 * <p>Weights start as the {@link Initialization} has it; biases of linear layers and convolutions start uniform in
 * ±1/√fan_in, as PyTorch's do.
 */
public final class Layers {
    private static final double BATCH_NORM_EPSILON = 1e-5;
    private static final double BATCH_NORM_MOMENTUM = 0.1;
    private static final double LAYER_NORM_EPSILON = 1e-5;
    private static final double SPECTRAL_NORM_EPSILON = 1e-12;

    private final Initialization start;
    private final boolean spectralNorm;
    private final boolean biased;

    private Layers(Initialization start, boolean spectralNorm, boolean biased) {
        this.start = start;
        this.spectralNorm = spectralNorm;
        this.biased = biased;
    }

    /** Layers whose weights are used as they are. */
    public static Layers plain(Initialization start) {
        return new Layers(start, false, true);
    }

    /** Layers whose every weight is spectrally normalised (Miyato et al. 2018). */
    public static Layers spectrallyNormalized(Initialization start) {
        return new Layers(start, true, true);
    }

    /** These layers, spectrally normalised or not. */
    public Layers spectralNorm(boolean normalized) {
        return new Layers(start, normalized, biased);
    }

    /** These layers without biases. */
    public Layers unbiased() {
        return new Layers(start, spectralNorm, false);
    }

    /** x·Wᵀ + b: (N, features) → (N, outputs). */
    public Node linear(String name, Node x, int outputs, double gain) {
        int features = x.shape().extent(1);
        return apply(new Op.Linear(), name, x, weight(name, gain, outputs, features), outputs, features);
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
        return conv(name, x, outputs, kernel, stride, kernel / 2, gain);
    }

    /** A 4×4 convolution of stride 2 that halves an even height and width: (N, C, H, W) → (N, outputs, H/2, W/2). */
    public Node halvingConv(String name, Node x, int outputs) {
        return conv(name, x, outputs, 4, 2, 1, 1);
    }

    /** A convolution over all of a square image: (N, C, H, H) → (N, outputs, 1, 1). */
    public Node wholeConv(String name, Node x, int outputs) {
        return conv(name, x, outputs, x.shape().extent(2), 1, 0, 1);
    }

    private Node conv(String name, Node x, int outputs, int kernel, int stride, int padding, double gain) {
        int channels = x.shape().extent(1);
        Op.Conv2d op = new Op.Conv2d(Extent.square(stride), Extent.square(padding), Extent.square(1), 1);
        Node weight = weight(name, gain, outputs, channels, kernel, kernel);
        return apply(op, name, x, weight, outputs, channels * kernel * kernel);
    }

    /** A 4×4 transposed convolution of stride 2: (N, C, H, W) → (N, outputs, 2·H, 2·W). */
    public Node doublingConv(String name, Node x, int outputs) {
        return transposed(name, x, outputs, 4, 2, 1);
    }

    /** A transposed convolution that makes a square image of one pixel: (N, C, 1, 1) → (N, outputs, side, side). */
    public Node spreadingConv(String name, Node x, int outputs, int side) {
        return transposed(name, x, outputs, side, 1, 0);
    }

    private Node transposed(String name, Node x, int outputs, int kernel, int stride, int padding) {
        Op op = new Op.ConvTranspose2d(Extent.square(stride), Extent.square(padding));
        Node weight = weight(name, 1, x.shape().extent(1), outputs, kernel, kernel);
        return apply(op, name, x, weight, outputs, outputs * kernel * kernel);
    }

    private Node apply(Op op, String name, Node x, Node weight, int outputs, int fanIn) {
        Node y = biased ? Node.apply(op, x, weight, bias(name, outputs, fanIn)) : Node.apply(op, x, weight);
        return y.named(name);
    }

    /** One learned row a class, mixed by the class weights: (N, classes) → (N, width). */
    public Node embedding(String name, Node classWeights, int width) {
        int classes = classWeights.shape().extent(1);
        return classWeights.matMul(weight(name, 1, classes, width)).named(name);
    }

    /**
     * How well features fit a class: their product with its embedding (Miyato and Koyama 2018): (N, width), (N, classes) →
     * (N, 1).
     */
    public Node projection(String name, Node features, Node classWeights) {
        return embedding(name, classWeights, features.shape().extent(1))
                .times(features)
                .sum(1)
                .reshape(Shape.N, 1);
    }

    /** Batch normalisation with a learned gain and bias a channel: (N, C, H, W) → the same. */
    public Node batchNorm(String name, Node x) {
        int channels = x.shape().extent(1);
        return normalize(
                name,
                x,
                Node.parameter(name + ".gain", start.gains(), channels),
                Node.parameter(name + ".bias", Init.constant(0), channels));
    }

    /**
     * Batch normalisation with a gain and a bias per class and channel (Dumoulin et al. 2017; de Vries et al. 2017):
     * (N, C, H, W), (N, classes) → (N, C, H, W). Gains start N(1, 0.02), biases 0.
     */
    public Node conditionalBatchNorm(String name, Node x, Node classWeights) {
        int channels = x.shape().extent(1);
        int classes = classWeights.shape().extent(1);
        UnaryOperator<Node> perSample = table -> classWeights.matMul(table).reshape(Shape.N, channels, 1, 1);
        Node gain = perSample.apply(Node.parameter(name + ".gain", Init.normal(1, 0.02), classes, channels));
        Node bias = perSample.apply(Node.parameter(name + ".bias", Init.constant(0), classes, channels));
        return normalize(name, x).times(gain).plus(bias);
    }

    /**
     * Batch normalisation whose gains, less 1, and biases are linear functions of a condition (Brock et al. 2019):
     * (N, C, H, W), (N, features) → (N, C, H, W).
     */
    public Node modulatedBatchNorm(String name, Node x, Node condition) {
        int channels = x.shape().extent(1);
        UnaryOperator<Node> spread = values -> values.reshape(Shape.N, channels, 1, 1);
        Node gain = spread.apply(unbiased().linear(name + ".gain", condition, channels, 1));
        Node bias = spread.apply(unbiased().linear(name + ".bias", condition, channels, 1));
        return normalize(name, x).times(Node.constant(1).plus(gain)).plus(bias);
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

    /**
     * Self-attention over the pixels of an even height and width (Zhang et al. 2019, as the authors' code and BigGAN have
     * it): (N, C, H, W) → the same. Queries and keys have C/8 channels, values C/2; keys and values are those of 2×2
     * windows. The answer enters by the factor {@code <layer>.gamma}, which starts at 0.
     */
    public Node selfAttention(String name, Node x) {
        int channels = x.shape().extent(1);
        int pixels = x.shape().extent(2) * x.shape().extent(3);
        int narrow = Math.max(1, channels / 8);
        int wide = Math.max(1, channels / 2);
        Layers bare = unbiased();
        Node queries = bare.conv(name + ".query", x, narrow, 1, 1).reshape(Shape.N, narrow, pixels);
        Node keys = bare.conv(name + ".key", x, narrow, 1, 1).maxPool(2).reshape(Shape.N, narrow, pixels / 4);
        Node values = bare.conv(name + ".value", x, wide, 1, 1).maxPool(2).reshape(Shape.N, wide, pixels / 4);
        Node attention = queries.transpose(0, 2, 1).matMul(keys).softmax(2).named(name + ".attention");
        Node seen = values.matMul(attention.transpose(0, 2, 1))
                .reshape(Shape.N, wide, x.shape().extent(2), x.shape().extent(3));
        Node answer = bare.conv(name + ".out", seen, channels, 1, 1);
        Node gamma = Node.parameter(name + ".gamma", Init.constant(0), 1);
        return x.plus(answer.times(gamma)).named(name);
    }

    /** Batch normalisation without gain and bias. */
    private static Node normalize(String name, Node x) {
        float[] ones = new float[x.shape().extent(1)];
        Arrays.fill(ones, 1);
        return normalize(
                name, x, Node.constant(Tensor.of(ones, ones.length)), Node.constant(Tensor.zeros(ones.length)));
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
        Node weight = Node.parameter(name, start.weights(gain), extents);
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
