package dev.ganzoo.training.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means of metrics over the passes that had them. */
final class Means {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    void add(Map<String, Double> metrics) {
        metrics.forEach((name, value) -> {
            sums.merge(name, value, Double::sum);
            counts.merge(name, 1, Integer::sum);
        });
    }

    /** The means, in the order in which metrics first came. */
    Map<String, Double> values() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum / counts.get(name)));
        return means;
    }
}
