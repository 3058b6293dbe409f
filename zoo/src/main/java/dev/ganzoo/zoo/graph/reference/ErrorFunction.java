package dev.ganzoo.zoo.graph.reference;

/** The error function to full double precision. */
final class ErrorFunction {
    /** Beyond this, 1 − erf is less than half a unit in the last place of 1. */
    private static final double SATURATION = 6;

    private ErrorFunction() {}

    /** 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5·…·(2n+1)) (Abramowitz and Stegun 7.1.6), whose terms have one sign. */
    static double erf(double x) {
        if (Math.abs(x) > SATURATION) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
