package dev.ganzoo.zoo.attack;

/** Is told how an attack on many images goes, on the thread that runs it. */
@FunctionalInterface
public interface AttackListener {
    /** Tells no one. */
    AttackListener NONE = (done, total) -> {};

    /** {@code done} of {@code total} images are through; first 0, last all. What it throws ends the attack. */
    void progress(int done, int total);
}
