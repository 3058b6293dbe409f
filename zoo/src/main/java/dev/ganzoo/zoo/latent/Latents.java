package dev.ganzoo.zoo.latent;

import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Latent vectors as a function: component {@code k} of sample {@code i} under a seed is one number, whatever else is
 * drawn with it.
 *
 * <p>Truncations of one seed belong together: {@link Truncation#resampled} leaves every component within its threshold
 * as it is without truncation, and {@link Truncation#scaled} is the one at threshold 2 multiplied by ψ. So whoever drags
 * the truncation sees one image change, not another one.
 *
 * <p>Pure functions, safe for use by several threads.
 */
public final class Latents {
    /** Where scaled latents are truncated before they are multiplied. */
    private static final double SCALED_BOUND = 2;

    private Latents() {}

    /**
     * The latents of samples {@code first … first + count - 1}.
     *
     * @return {@code (count, size)}
     */
    public static Tensor of(long seed, long first, int count, int size, Truncation truncation) {
        float[] values = new float[Math.multiplyExact(count, size)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(of(seed, first + i, size, truncation), 0, values, i * size, size);
        }
        return Tensor.of(values, count, size);
    }

    /** The latent of sample {@code index}: {@code size} components. */
    public static float[] of(long seed, long index, int size, Truncation truncation) {
        Objects.requireNonNull(truncation, "truncation");
        RandomGenerator normal = Randomness.of(seed).forPurpose("latent").at(index);
        RandomGenerator redrawn =
                Randomness.of(seed).forPurpose("latent redrawn").at(index);
        float[] latent = new float[size];
        for (int k = 0; k < size; k++) {
            double value = normal.nextGaussian();
            long componentSeed = redrawn.nextLong();
            latent[k] = (float)
                    switch (truncation.method()) {
                        case NONE -> value;
                        case SCALED -> truncation.value() * bounded(value, SCALED_BOUND, componentSeed);
                        case RESAMPLED -> bounded(value, truncation.value(), componentSeed);
                    };
        }
        return latent;
    }

    /**
     * A class for sample {@code index}, each of {@code classes} equally likely, independent of its latent.
     *
     * @return in 0..classes-1
     */
    public static int label(long seed, long index, int classes) {
        return Randomness.of(seed).forPurpose("class").at(index).nextInt(classes);
    }

    /**
     * {@code value} if it lies in ±bound, else another draw from the normal that does. Drawing normals until one fits
     * would take for ever at small bounds; uniform proposals accepted with probability exp(-u²/2) have the same
     * distribution, and at a bound of at most 2 most of them fit.
     */
    private static double bounded(double value, double bound, long seed) {
        if (Math.abs(value) <= bound) {
            return value;
        }
        RandomGenerator random = Randomness.of(seed).at(0);
        while (true) {
            double proposal = bound * (2 * random.nextDouble() - 1);
            if (random.nextDouble() < StrictMath.exp(-proposal * proposal / 2)) {
                return proposal;
            }
        }
    }
}
