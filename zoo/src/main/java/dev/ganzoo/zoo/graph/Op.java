package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.List;

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

    /** The matrix product: (M, K), (K, P) → (M, P). */
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
     * The transpose (adjoint in x) of a convolution: (N, C, H, W), (C, O, h, w), (O)? → (N, O, H', W') with
     * H' = (H − 1)·stride − 2·padding + h.
     */
    record ConvTranspose2d(Extent stride, Extent padding) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.convTranspose2d(this, node, inputs);
        }
    }

    /** Mean over disjoint windows: (N, C, H, W) → (N, C, H/h, W/w); H and W must be multiples of the window's. */
    record AvgPool2d(Extent window) implements Op {
        @Override
        public <R> R read(Reading<R> reading, Node node, List<R> inputs) {
            return reading.avgPool2d(this, node, inputs);
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
}
