package dev.ganzoo.zoo.graph;

/** How a network runs: the operations that behave differently in training are batch norm and spectral norm. */
public enum Mode {
    /**
     * Batch norm uses the statistics of the batch and moves its running ones towards them; spectral norm makes one step
     * of its power iteration first.
     */
    TRAINING,
    /** Buffers are used as they are and stay so. */
    EVALUATION
}
