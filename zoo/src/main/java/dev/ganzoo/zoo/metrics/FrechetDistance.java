package dev.ganzoo.zoo.metrics;

import dev.ganzoo.zoo.metrics.LinearAlgebra.Factor;

/**
 * The squared Fréchet (Wasserstein-2) distance between two Gaussians (Heusel et al. 2017, section 3 and appendix A1), with
 * features of Inception the FID: ‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½).
 *
 * <p>Tr (Σ₁Σ₂)^½ is the sum of the roots of the eigenvalues of Σ₁Σ₂. With Σᵢ = FᵢFᵢᵀ these are the singular values of F₁ᵀF₂,
 * which takes no root of a rounding error: exact also for covariances without full rank, as those of fewer images than
 * features.
 */
public final class FrechetDistance {
    private FrechetDistance() {}

    /**
     * The distance, ≥ 0; 0 for equal statistics.
     *
     * @throws IllegalArgumentException if the widths differ
     */
    public static double between(GaussianStatistics a, GaussianStatistics b) {
        int width = a.width();
        if (width != b.width()) {
            throw new IllegalArgumentException(
                    "both statistics must have the same width, got %d and %d".formatted(width, b.width()));
        }
        double distance = 0;
        for (int i = 0; i < width; i++) {
            double difference = a.mean()[i] - b.mean()[i];
            distance += difference * difference + a.covariance()[i * width + i] + b.covariance()[i * width + i];
        }
        Factor first = LinearAlgebra.factor(a.covariance(), width);
        Factor second = LinearAlgebra.factor(b.covariance(), width);
        // Rounding may end a little below zero where the statistics are equal.
        return Math.max(0, distance - 2 * LinearAlgebra.nuclearNormOfProduct(first, second));
    }
}
