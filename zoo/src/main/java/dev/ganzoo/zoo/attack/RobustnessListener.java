package dev.ganzoo.zoo.attack;

/** Is told how an evaluation goes, on the thread that runs it. */
@FunctionalInterface
public interface RobustnessListener {
    /** Tells no one. */
    RobustnessListener NONE = (what, done, total) -> {};

    /**
     * Some work is done. What this throws ends the evaluation.
     *
     * @param what is being done: {@code pgd 8/255}
     * @param done images attacked, each counted once for each attack and ε; first 0, last {@code total}
     * @param total images to attack
     */
    void progress(String what, int done, int total);
}
