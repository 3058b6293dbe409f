package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An operation of the graph: what a {@link Node} does with its inputs. Semantics follow ONNX; all values are float.
 *
 * <p>The family is sealed and every member dispatches to its own method of {@link Reading}: a new operation does not
 * compile until each reading (shapes, reference values, execution, ONNX, …) has a rule for it.
 *
 * <p>Below, a signature such as {@code (N, C, H, W), (C) → (N, C, H, W)} names the shapes of the inputs in order, a
 * question mark an input that may be absent.
 */
public sealed interface Op {
    /** Dispatches to the method of {@code reading} for this operation. */
    <R> R read(Reading<R> reading, Node node, List<R> inputs);

    /** The name of the operation in messages and generated node names, for example {@code conv2d}. */
    default String mnemonic() {
        String name = getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** A value given at each evaluation, for example the latent {@code z}. */
    record Input(String name) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.input(this, node);
        }
    }

    /** A leaf whose value belongs to the network rather than to one evaluation, and is kept by name. */
    sealed interface State extends Op permits Parameter, Buffer {
        /** The name, unique in the graph, under which checkpoints keep the value. */
        String name();

        /** How the value starts. */
        Init init();
    }

    /** A value that training changes by its gradient. */
    record Parameter(String name, Init init) implements State {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.parameter(this, node);
        }
    }

    /** A value that training changes in passing, without a gradient: a running mean, a power iteration's vector. */
    record Buffer(String name, Init init) implements State {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.buffer(this, node);
        }
    }

    /** A value fixed in the graph. */
    record Constant(Tensor value) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.constant(this, node);
        }
    }

    /** a + b, broadcast. */
    record Add() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.add(this, node, inputs);
        }
    }

    /** a − b, broadcast. */
    record Subtract() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.subtract(this, node, inputs);
        }
    }

    /** a · b elementwise, broadcast. */
    record Multiply() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.multiply(this, node, inputs);
        }
    }

    /** a / b elementwise, broadcast. */
    record Divide() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.divide(this, node, inputs);
        }
    }

    /** √x. */
    record Sqrt() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.sqrt(this, node, inputs);
        }
    }

    /** max(x, 0). */
    record Relu() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.relu(this, node, inputs);
        }
    }

    /** The hyperbolic tangent. */
    record Tanh() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.tanh(this, node, inputs);
        }
    }

    /** eˣ. */
    record Exp() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.exp(this, node, inputs);
        }
    }

    /** The natural logarithm. */
    record Log() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.log(this, node, inputs);
        }
    }

    /** |x|. */
    record Abs() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.abs(this, node, inputs);
        }
    }

    /** The error function, 2/√π · ∫₀ˣ exp(−t²) dt. */
    record Erf() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.erf(this, node, inputs);
        }
    }

    /** 1 / (1 + e⁻ˣ). */
    record Sigmoid() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.sigmoid(this, node, inputs);
        }
    }

    /** x where x &gt; 0, else {@code slope}·x (Maas et al. 2013). */
    record LeakyRelu(double slope) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.leakyRelu(this, node, inputs);
        }
    }

    /** x limited to [{@code least}, {@code most}], which may be infinite. */
    record Clip(double least, double most) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.clip(this, node, inputs);
        }
    }

    /** x to the power of {@code exponent}; x must be positive unless the exponent is a whole number. */
    record Power(double exponent) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.power(this, node, inputs);
        }
    }

    /** 1 where a &gt; b, else 0; broadcast. Its gradient is 0. */
    record Greater() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.greater(this, node, inputs);
        }
    }

    /** 1 where a = b, else 0; broadcast. Its gradient is 0. */
    record Equal() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.equal(this, node, inputs);
        }
    }

    /** Sum over {@code axes}, which stay with extent 1 if {@code keepAxes}. */
    record Sum(List<Integer> axes, boolean keepAxes) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.sum(this, node, inputs);
        }
    }

    /** Mean over {@code axes}, which stay with extent 1 if {@code keepAxes}. */
    record Mean(List<Integer> axes, boolean keepAxes) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.mean(this, node, inputs);
        }
    }

    /** The largest over {@code axes}, which stay with extent 1 if {@code keepAxes}. */
    record Max(List<Integer> axes, boolean keepAxes) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.max(this, node, inputs);
        }
    }

    /** eˣ / Σ eˣ, the sum being over {@code axis}. */
    record Softmax(int axis) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.softmax(this, node, inputs);
        }
    }

    /** The logarithm of {@link Softmax}, without its overflow. */
    record LogSoftmax(int axis) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.logSoftmax(this, node, inputs);
        }
    }

    /** The same values, row-major, in another shape. */
    record Reshape(Shape shape) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.reshape(this, node, inputs);
        }
    }

    /** Axis i of the result is axis {@code permutation[i]} of the input. */
    record Transpose(List<Integer> permutation) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.transpose(this, node, inputs);
        }
    }

    /** One or more inputs, end to end along {@code axis}. */
    record Concat(int axis) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.concat(this, node, inputs);
        }
    }

    /**
     * Entries {@code start}, {@code start + step}, … before {@code end} along {@code axis}, which is not the batch's. With a
     * negative step the entries run backwards, down to but not including {@code end}, which may be −1.
     */
    record Slice(int axis, int start, int end, int step) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.slice(this, node, inputs);
        }
    }

    /** {@code before} and {@code after} entries of {@code value} added along each axis; none along the batch's. */
    record Pad(List<Integer> before, List<Integer> after, double value) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.pad(this, node, inputs);
        }
    }

    /**
     * x stretched to {@code shape} as in broadcasting. Where {@code shape} has a batch axis that x lacks, a second input,
     * of which nothing else counts, has the batch: x, (N, …)? → shape.
     */
    record Expand(Shape shape) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.expand(this, node, inputs);
        }
    }

    /** The matrix product of the last two axes, broadcast over others: (…, M, K), (…, K, P) → (…, M, P). */
    record MatMul() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.matMul(this, node, inputs);
        }
    }

    /** x·Wᵀ + b: (M, K), (P, K), (P)? → (M, P). */
    record Linear() implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.linear(this, node, inputs);
        }
    }

    /**
     * Cross-correlation: (N, C, H, W), (O, C/groups, h, w), (O)? → (N, O, H', W') with
     * H' = ⌊(H + 2·padding − dilation·(h − 1) − 1) / stride⌋ + 1.
     */
    record Conv2d(Extent stride, Extent padding, Extent dilation, int groups) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.conv2d(this, node, inputs);
        }
    }

    /**
     * The transpose (adjoint in x) of a convolution: (N, C, H, W), (C, O/groups, h, w), (O)? → (N, O, H', W') with
     * H' = (H − 1)·stride − 2·padding + dilation·(h − 1) + 1 + outputPadding.
     *
     * @param outputPadding rows below and columns to the right that a strided convolution leaves out; below the stride
     */
    record ConvTranspose2d(Extent stride, Extent padding, Extent outputPadding, Extent dilation, int groups)
            implements Op {
        /** Without output padding, dilation and groups. */
        public ConvTranspose2d(Extent stride, Extent padding) {
            this(stride, padding, Extent.square(0), Extent.square(1), 1);
        }

        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.convTranspose2d(this, node, inputs);
        }
    }

    /**
     * Mean over windows, the padding counting as zeros: (N, C, H, W) → (N, C, H', W') with
     * H' = ⌊(H + 2·padding − window) / stride⌋ + 1.
     */
    record AvgPool2d(Extent window, Extent stride, Extent padding) implements Op {
        /** Over disjoint windows. */
        public AvgPool2d(Extent window) {
            this(window, window, Extent.square(0));
        }

        /** Whether the windows neither overlap nor leave gaps nor reach over the edges. */
        public boolean disjoint() {
            return stride.equals(window) && padding.equals(Extent.square(0));
        }

        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.avgPool2d(this, node, inputs);
        }
    }

    /**
     * The largest value of each window, the padding counting for nothing: (N, C, H, W) → (N, C, H', W') with
     * H' = ⌊(H + 2·padding − window) / stride⌋ + 1. The padding is at most half the window.
     */
    record MaxPool2d(Extent window, Extent stride, Extent padding) implements Op {
        /** Over disjoint windows. */
        public MaxPool2d(Extent window) {
            this(window, window, Extent.square(0));
        }

        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.maxPool2d(this, node, inputs);
        }
    }

    /**
     * The adjoint of max pooling: x, g as the pooled x → as x. Each value of g goes where the first of the largest values
     * of its window in x is, in row-major order; windows that meet there add up.
     */
    record MaxPool2dGradient(MaxPool2d pool) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.maxPool2dGradient(this, node, inputs);
        }
    }

    /** Enlargement by a whole factor: (N, C, H, W) → (N, C, factor·H, factor·W). */
    record Upsample2d(Interpolation interpolation, int factor) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.upsample2d(this, node, inputs);
        }
    }

    /**
     * Batch normalisation (Ioffe and Szegedy 2015): x (N, C, H, W) or (N, C), gain (C), bias (C), running mean (C),
     * running variance (C) → as x.
     *
     * <p>In training, mean and (biased) variance are the batch's, and the running values, both {@link Buffer}s, move by
     * {@code momentum} towards the batch's mean and unbiased variance. In evaluation the running values are used.
     *
     * @param epsilon added to the variance
     * @param momentum the weight of the new value in the running ones
     */
    record BatchNorm(double epsilon, double momentum) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.batchNorm(this, node, inputs);
        }
    }

    /**
     * Layer normalisation (Ba et al. 2016): x (N, …, D₁, …, Dₖ), gain (D₁, …, Dₖ), bias (D₁, …, Dₖ) → as x. Mean and
     * (biased) variance are those of the last k axes.
     *
     * @param epsilon added to the variance
     */
    record LayerNorm(double epsilon) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.layerNorm(this, node, inputs);
        }
    }

    /**
     * Spectral normalisation (Miyato et al. 2018): weight (O, …), u (O), v (product of …) → weight / σ as weight, where
     * σ = uᵀ·W·v with W the weight as an O-row matrix.
     *
     * <p>In training, one power iteration moves the {@link Buffer}s first, v ← Wᵀu / ‖Wᵀu‖ and u ← W v / ‖W v‖; they
     * are constants to the gradient. In evaluation they are used as they stand.
     *
     * @param epsilon the least length to divide by
     */
    record SpectralNorm(double epsilon) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.spectralNorm(this, node, inputs);
        }
    }

    /**
     * What dropout (Srivastava et al. 2014) multiplies by: any node whose batch is the batch → {@code shape}. In training each
     * value is 0 with probability {@code rate}, else 1 / (1 − rate), at random; in evaluation all are 1. Its gradient is 0.
     *
     * @param name unique in the graph: random numbers are a function of it
     * @param shape (N, …)
     */
    record DropMask(String name, double rate, Shape shape) implements Op {
        /** @throws IllegalArgumentException if the rate is not in [0, 1) */
        public DropMask {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("the rate of dropout must be in [0, 1), got " + rate);
            }
        }

        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.dropMask(this, node, inputs);
        }

        /** The mask of a batch in training, as {@code noise} has it at {@code index}. */
        public Tensor sample(int batch, Randomness noise, long index) {
            RandomGenerator random = noise.forPurpose(name).at(index);
            Tensor mask = Tensor.zeros(shape.at(batch));
            float kept = (float) (1 / (1 - rate));
            for (int i = 0; i < mask.size(); i++) {
                mask.data()[i] = random.nextDouble() < rate ? 0 : kept;
            }
            return mask;
        }
    }
}
