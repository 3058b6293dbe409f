package dev.ganzoo.training.engine;

import ai.djl.ndarray.NDArray;

/**
 * The exponential moving average of a network's parameters and buffers (Yazıcı et al. 2019), kept in a second network of
 * the same graph.
 */
final class MovingAverage {
    private final Network source;
    private final Network average;
    private final double decay;
    private final long start;

    /**
     * An average that equals {@code source} until step {@code start}, counted from 0, which is the first to be averaged.
     *
     * @param decay the weight of the old average in each update, in [0, 1)
     */
    MovingAverage(Network source, Network average, double decay, long start) {
        this.source = source;
        this.average = average;
        this.decay = decay;
        this.start = start;
    }

    /** Moves the average after generator step {@code step}, counted from 0: average ← decay·average + (1 − decay)·source. */
    void update(long step) {
        float kept = step < start ? 0 : (float) decay;
        average.graph().states().forEach(leaf -> {
            NDArray target = average.value(leaf.name());
            try (NDArray value = source.value(leaf.name()).stopGradient();
                    NDArray change = value.mul(1 - kept)) {
                target.muli(kept).addi(change);
            }
        });
    }
}
