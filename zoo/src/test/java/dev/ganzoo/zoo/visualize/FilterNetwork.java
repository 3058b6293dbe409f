package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.classifier.ClassifierNetwork;
import dev.ganzoo.zoo.classifier.Evaluation;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network whose gradient is written by hand: x = 2p - 1, A = relu(conv(x) + bias) without padding (layer {@code conv}),
 * f = mean of A² over positions (layer {@code energy}), logits = f · linearᵀ.
 */
final class FilterNetwork implements VisualizationSource, ClassifierNetwork {
    private final ImageShape shape;
    private final Tensor kernels;
    private final Tensor bias;
    private final Tensor linear;
    private final int[] out;
    Optional<Tensor> mean = Optional.empty();
    boolean differentiable = true;
    float poison;
    int largestBatch;

    /** {@code kernels} (F, C, k, k), {@code bias} (F), {@code linear} (K, F). */
    FilterNetwork(ImageShape shape, Tensor kernels, Tensor bias, Tensor linear) {
        this.shape = shape;
        this.kernels = kernels;
        this.bias = bias;
        this.linear = linear;
        int k = kernels.shape()[2];
        this.out = new int[] {kernels.shape()[0], shape.height() - k + 1, shape.width() - k + 1};
    }

    /** Gabor functions of 9 × 9, one orientation each, over mean-free grey; class i is filter i. */
    static FilterNetwork gabor(int channels, int side, int filters) {
        Tensor kernels = Tensor.zeros(filters, channels, 9, 9);
        for (int i = 0; i < kernels.size(); i++) {
            int f = i / (81 * channels), y = i % 81 / 9 - 4, x = i % 9 - 4;
            double angle = Math.PI * f / filters;
            double along = x * Math.cos(angle) + y * Math.sin(angle);
            double envelope = Math.exp(-(x * x + y * y) / 8.0);
            kernels.data()[i] = (float) (0.2 * envelope * Math.cos(2 * Math.PI * along / 5));
        }
        Tensor linear = Tensor.zeros(filters, filters);
        for (int i = 0; i < filters; i++) {
            linear.data()[i * filters + i] = 1;
        }
        return new FilterNetwork(new ImageShape(channels, side, side), kernels, Tensor.zeros(filters), linear);
    }

    @Override
    public String name() {
        return "filters";
    }

    @Override
    public ClassifierNetwork classifier() {
        return this;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int classes() {
        return linear.shape()[0];
    }

    @Override
    public boolean differentiable() {
        return differentiable;
    }

    @Override
    public List<String> labels() {
        return List.of("cat", "dog", "ship", "frog", "horse", "deer", "bird", "truck")
                .subList(0, classes());
    }

    @Override
    public List<Layer> layers() {
        return List.of(new Layer("conv", out), new Layer("energy", out[0]));
    }

    @Override
    public Optional<Tensor> meanImage() {
        return mean;
    }

    @Override
    public LayerNetwork layer(String name) {
        Layer layer =
                layers().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
        return new LayerNetwork() {
            @Override
            public Layer layer() {
                return layer;
            }

            @Override
            public LayerEvaluation gradient(Tensor images, LayerObjective objective) {
                return each(
                        images,
                        (activation, cotangent, n) -> name.equals("conv")
                                ? convolution(activation, cotangent, objective, n)
                                : energy(activation, cotangent, objective, n));
            }
        };
    }

    @Override
    public Tensor logits(Tensor images) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Evaluation gradient(Tensor images, Objective objective) {
        Tensor weights = objective.logitWeights();
        LayerEvaluation evaluation = each(images, (activation, cotangent, n) -> {
            double value = 0;
            for (int i = 0; i < classes() * out[0]; i++) {
                int k = i / out[0], f = i % out[0];
                double weight = weights.data()[n * classes() + k] * linear.data()[i];
                value += energy(activation, cotangent, f, weight);
            }
            return value;
        });
        return new Evaluation(Tensor.zeros(images.shape()[0], classes()), evaluation.values(), evaluation.gradient());
    }

    /** Gives the objective, and adds its gradient with respect to A. */
    private interface Head {
        double apply(double[] activation, double[] cotangent, int n);
    }

    private LayerEvaluation each(Tensor images, Head head) {
        int count = images.shape()[0];
        if (!shape.matches(images.shape())) {
            throw new IllegalArgumentException("wrong shape " + Arrays.toString(images.shape()));
        }
        largestBatch = Math.max(largestBatch, count);
        Tensor values = Tensor.zeros(count);
        Tensor gradient = Tensor.zeros(images.shape());
        for (int n = 0; n < count; n++) {
            double[] activation = new double[out[0] * out[1] * out[2]];
            for (int a = 0; a < activation.length; a++) {
                double sum = bias.data()[a / (out[1] * out[2])];
                for (int i = 0; i < window(); i++) {
                    sum += kernel(a, i) * (2.0 * images.data()[n * shape.values() + pixel(a, i)] - 1);
                }
                activation[a] = Math.max(0, sum);
            }
            double[] cotangent = new double[activation.length];
            values.data()[n] = (float) head.apply(activation, cotangent, n) + poison;
            double[] back = new double[shape.values()];
            for (int a = 0; a < activation.length; a++) {
                for (int i = 0; activation[a] > 0 && i < window(); i++) {
                    back[pixel(a, i)] += 2 * kernel(a, i) * cotangent[a];
                }
            }
            for (int i = 0; i < back.length; i++) {
                gradient.data()[n * back.length + i] = (float) back[i];
            }
        }
        return new LayerEvaluation(values, gradient);
    }

    private double convolution(double[] activation, double[] cotangent, LayerObjective objective, int n) {
        double value = 0;
        int plane = out[1] * out[2];
        for (int c = 0; c < out[0]; c++) {
            int best = c * plane;
            double square = objective.square().data()[n * out[0] + c] / plane;
            for (int a = c * plane; a < (c + 1) * plane; a++) {
                double weight = objective.linear().data()[n * activation.length + a];
                value += weight * activation[a] + square * activation[a] * activation[a];
                cotangent[a] += weight + 2 * square * activation[a];
                best = activation[a] > activation[best] ? a : best;
            }
            value += objective.max().data()[n * out[0] + c] * activation[best];
            cotangent[best] += objective.max().data()[n * out[0] + c];
        }
        return value;
    }

    private double energy(double[] activation, double[] cotangent, LayerObjective objective, int n) {
        double value = 0;
        for (int f = 0; f < out[0]; f++) {
            int at = n * out[0] + f;
            double energy = energy(activation, new double[activation.length], f, 1);
            double weight = objective.linear().data()[at] + objective.max().data()[at];
            double square = objective.square().data()[at];
            energy(activation, cotangent, f, weight + 2 * square * energy);
            value += weight * energy + square * energy * energy;
        }
        return value;
    }

    /** {@code weight} · f, and its gradient. */
    private double energy(double[] activation, double[] cotangent, int f, double weight) {
        double value = 0;
        int plane = out[1] * out[2];
        for (int a = f * plane; a < (f + 1) * plane; a++) {
            value += weight * activation[a] * activation[a] / plane;
            cotangent[a] += 2 * weight * activation[a] / plane;
        }
        return value;
    }

    private int window() {
        return kernels.size() / kernels.shape()[0];
    }

    private double kernel(int a, int i) {
        return kernels.data()[a / (out[1] * out[2]) * window() + i];
    }

    private int pixel(int a, int i) {
        int k = kernels.shape()[2];
        int y = a / out[2] % out[1] + i / k % k, x = a % out[2] + i % k;
        return (i / (k * k) * shape.height() + y) * shape.width() + x;
    }
}
