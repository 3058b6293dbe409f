package dev.ganzoo.zoo.graph;

import dev.ganzoo.zoo.tensor.Tensor;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** How a parameter or buffer starts. Immutable; all draws come from the generator given. */
public sealed interface Init {
    /** The value at the start of training for an array of {@code shape}. */
    Tensor sample(int[] shape, RandomGenerator random);

    /** Every value the same. */
    static Init constant(double value) {
        return new Constant(value);
    }

    /** Normal with the given mean and standard deviation. */
    static Init normal(double mean, double deviation) {
        return new Normal(mean, deviation);
    }

    /** Uniform in [−bound, bound). */
    static Init uniform(double bound) {
        return new Uniform(bound);
    }

    /**
     * Uniform in ±gain·√(6 / (fan_in + fan_out)) (Glorot and Bengio 2010, eq. 16), for weights of shape
     * {@code (out, in, …kernel)}.
     */
    static Init xavierUniform(double gain) {
        return new XavierUniform(gain);
    }

    /** Uniform in ±gain/√fan_in, for weights of shape {@code (out, in, …kernel)}. */
    static Init fanInUniform(double gain) {
        return new FanInUniform(gain);
    }

    /**
     * {@code gain} times a random orthogonal matrix (Saxe et al. 2014), for weights of shape {@code (out, in, …kernel)} as a
     * matrix with a row for each output: its rows are orthonormal, or its columns if those are fewer.
     */
    static Init orthogonal(double gain) {
        return new Orthogonal(gain);
    }

    /** A random direction: normal values scaled to Euclidean length 1. */
    static Init unitVector() {
        return new UnitVector();
    }

    /** See {@link Init#constant}. */
    record Constant(double value) implements Init {
        @Override
        public Tensor sample(int[] shape, RandomGenerator random) {
            return fill(shape, () -> value);
        }
    }

    /** See {@link Init#normal}. */
    record Normal(double mean, double deviation) implements Init {
        @Override
        public Tensor sample(int[] shape, RandomGenerator random) {
            return fill(shape, () -> mean + deviation * random.nextGaussian());
        }
    }

    /** See {@link Init#uniform}. */
    record Uniform(double bound) implements Init {
        @Override
        public Tensor sample(int[] shape, RandomGenerator random) {
            return fill(shape, () -> bound * (2 * random.nextDouble() - 1));
        }
    }

    /** See {@link Init#xavierUniform}. */
    record XavierUniform(double gain) implements Init {
        @Override
        public Tensor sample(int[] shape, RandomGenerator random) {
            double fans = receptiveField("xavier", shape) * (shape[0] + shape[1]);
            return new Uniform(gain * Math.sqrt(6 / fans)).sample(shape, random);
        }
    }

    /** See {@link Init#fanInUniform}. */
    record FanInUniform(double gain) implements Init {
        @Override
        public Tensor sample(int[] shape, RandomGenerator random) {
            double fanIn = receptiveField("fan-in", shape) * shape[1];
            return new Uniform(gain / Math.sqrt(fanIn)).sample(shape, random);
        }
    }

    /** See {@link Init#orthogonal}. */
    record Orthogonal(double gain) implements Init {
        @Override
        public Tensor sample(int[] shape, RandomGenerator random) {
            return OrthogonalMatrix.sample(gain, shape, random);
        }
    }

    private static double receptiveField(String name, int[] shape) {
        if (shape.length < 2) {
            throw new IllegalArgumentException(name + " initialisation needs at least 2 axes, got " + shape.length);
        }
        double receptiveField = 1;
        for (int axis = 2; axis < shape.length; axis++) {
            receptiveField *= shape[axis];
        }
        return receptiveField;
    }

    /** See {@link Init#unitVector}. */
    record UnitVector() implements Init {
        @Override
        public Tensor sample(int[] shape, RandomGenerator random) {
            double[] direction = new double[Math.toIntExact(Tensor.count(shape))];
            double squares = 0;
            for (int i = 0; i < direction.length; i++) {
                direction[i] = random.nextGaussian();
                squares += direction[i] * direction[i];
            }
            double scale = 1 / Math.sqrt(squares);
            int[] next = {0};
            return fill(shape, () -> direction[next[0]++] * scale);
        }
    }

    private static Tensor fill(int[] shape, DoubleSupplier values) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = (float) values.getAsDouble();
        }
        return tensor;
    }
}
