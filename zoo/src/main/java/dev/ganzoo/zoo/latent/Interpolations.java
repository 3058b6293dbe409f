package dev.ganzoo.zoo.latent;

/** Paths between latents. Pure functions. */
public final class Interpolations {
    /** Below this sine of the angle, the directions are one or opposite and the great circle is not defined. */
    private static final double PARALLEL = 1e-6;

    private Interpolations() {}

    /**
     * Spherical interpolation (Shoemake 1985; for latents White 2016): along the great circle from {@code a} to
     * {@code b}, so that the vectors between have the length that a Gaussian's draws have, where a straight line would
     * pass too near to the origin. The straight line where the two are parallel or one is zero.
     *
     * @param t from 0 (gives {@code a}) to 1 (gives {@code b})
     */
    public static float[] spherical(float[] a, float[] b, double t) {
        double aa = dot(a, a), bb = dot(b, b);
        double cosine = dot(a, b) / Math.sqrt(aa * bb);
        double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
        double sine = Math.sin(angle);
        if (aa == 0 || bb == 0 || sine < PARALLEL) {
            return linear(a, b, t);
        }
        return weighted(a, Math.sin((1 - t) * angle) / sine, b, Math.sin(t * angle) / sine);
    }

    /** Along the straight line: what mixtures of classes take, whose weights must sum to 1. */
    public static float[] linear(float[] a, float[] b, double t) {
        return weighted(a, 1 - t, b, t);
    }

    private static float[] weighted(float[] a, double ofA, float[] b, double ofB) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "vectors to interpolate must have one size, got %d and %d".formatted(a.length, b.length));
        }
        float[] between = new float[a.length];
        for (int k = 0; k < a.length; k++) {
            between[k] = (float) (ofA * a[k] + ofB * b[k]);
        }
        return between;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < Math.min(a.length, b.length); k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }
}
