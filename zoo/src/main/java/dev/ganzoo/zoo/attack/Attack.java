package dev.ganzoo.zoo.attack;

/**
 * A way to perturb images. An attack is a record whose components are its options, so that one value says all about it:
 * {@link AttackOptions} reads and changes them by name. Implementations are immutable and safe for use by several threads.
 */
public interface Attack {
    /** The name it is registered under: {@code pgd}. */
    String name();

    /** One sentence: what it does, and whose it is. */
    String description();

    /** Whether it looks at gradients; else it works on any classifier. */
    default boolean needsGradient() {
        return true;
    }

    /**
     * Whether it seeks the smallest perturbation that succeeds, instead of the worst one of a given size; such an attack has
     * no ε.
     */
    default boolean minimizesNorm() {
        return false;
    }

    /** The goal it has where none is given. */
    default Goal defaultGoal() {
        return Goal.UNTARGETED;
    }

    /**
     * Perturbs every image of a batch.
     *
     * <p>All random numbers come from {@link AttackBatch#random}, so that what becomes of an image does not depend on the
     * others. The result may be any array that the caller may keep, with values in [0, 1].
     *
     * @return by image, then value (C, H, W)
     */
    float[][] perturb(AttackBatch batch);
}
