package dev.ganzoo.training.loss;

/** What the networks of a recipe are trained to make small. */
public interface Losses {
    /** What recipes call them, for example {@code hinge}. */
    String name();

    /** The paper they come from. */
    String source();
}
