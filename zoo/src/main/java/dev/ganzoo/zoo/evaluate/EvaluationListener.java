package dev.ganzoo.zoo.evaluate;

/** Is told how an evaluation goes. Called from the thread that evaluates. */
@FunctionalInterface
public interface EvaluationListener {
    /** Tells nobody. */
    EvaluationListener NONE = (what, done, total) -> {};

    /**
     * Some of a part of the work is done; parts come one after the other.
     *
     * @param what the part: {@code real images}, {@code samples of seed 0}, …
     * @param done so far, from 0
     * @param total of this part
     */
    void progress(String what, long done, long total);

    /** Something worth knowing happened: a cached file was damaged, for instance. */
    default void note(String message) {}
}
