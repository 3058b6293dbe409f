package dev.ganzoo.zoo.metrics;

import java.util.Arrays;

/**
 * A measurement that was made several times.
 *
 * @param mean of all of them
 * @param std their population standard deviation (divided by n): 0 for one
 */
public record Score(double mean, double std) {
    static Score of(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        return new Score(mean, Math.sqrt(variance));
    }
}
