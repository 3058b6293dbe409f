package dev.ganzoo.zoo.visualize;

/** How a step is made of a gradient. */
public enum Optimizer {
    /** {@code x += rate · gradient - decay · x · |x|}: the course's rule. */
    ASCENT,
    /** Adam (Kingma and Ba 2015) with β = (0.9, 0.999) and ε = 1e-8. */
    ADAM
}
