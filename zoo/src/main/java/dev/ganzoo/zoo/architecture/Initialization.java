package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Init;

/** How the weights of linear layers, convolutions and embeddings start. */
public enum Initialization {
    /** Uniform with the variance 2·gain² / (fan_in + fan_out) (Glorot and Bengio 2010): SNGAN, Mimicry. */
    XAVIER {
        @Override
        Init weights(double gain) {
            return Init.xavierUniform(gain);
        }
    },
    /** Orthogonal matrices (Saxe et al. 2014), of whatever activation follows: BigGAN. */
    ORTHOGONAL {
        @Override
        Init weights(double gain) {
            return Init.orthogonal(1);
        }
    },
    /** N(0, 0.02), and gains of batch norm N(1, 0.02): DCGAN. */
    NORMAL {
        @Override
        Init weights(double gain) {
            return Init.normal(0, DEVIATION);
        }

        @Override
        Init gains() {
            return Init.normal(1, DEVIATION);
        }
    },
    /** Uniform in ±gain/√fan_in: with a gain of 1, as PyTorch's layers start. */
    PYTORCH {
        @Override
        Init weights(double gain) {
            return Init.fanInUniform(gain);
        }
    };

    private static final double DEVIATION = 0.02;

    /** The start of weights after which an activation follows that asks for this gain. */
    abstract Init weights(double gain);

    /** The start of the gains of batch norm. */
    Init gains() {
        return Init.constant(1);
    }
}
