package dev.ganzoo.zoo.random;

import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Randomness as a function instead of a state: every random number is determined by a seed, a purpose and an index.
 *
 * <p>Nothing carries a generator from one use to the next. The latent of sample 7 is the same whether it is drawn alone
 * or in a batch of 64, and a training run resumed at step 1,000 needs nothing but that number to go on exactly.
 *
 * <pre>{@code
 * var latents = Randomness.of(42).forPurpose("latent");
 * double first = latents.at(0).nextGaussian();   // always the same number
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads; each generator handed out belongs to its caller.
 */
public final class Randomness {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private final long key;

    private Randomness(long key) {
        this.key = key;
    }

    /** The root of all randomness under {@code seed}; any value is a valid seed. */
    public static Randomness of(long seed) {
        return new Randomness(mix(seed));
    }

    /** An independent family of random numbers; the same purpose always names the same family. */
    public Randomness forPurpose(String purpose) {
        Objects.requireNonNull(purpose, "purpose");
        long hash = key;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i));
        }
        return new Randomness(mix(hash ^ ~(long) purpose.length()));
    }

    /** A fresh generator for {@code index} (a sample, an epoch, a step), independent of every other index. */
    public RandomGenerator at(long index) {
        return FACTORY.create(mix(key ^ mix(index)));
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014) after its golden-ratio increment: a bijection. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
