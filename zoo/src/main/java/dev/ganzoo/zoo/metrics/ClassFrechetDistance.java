package dev.ganzoo.zoo.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The Fréchet distance within each class, between real and fake images of that class: with features of Inception the
 * intra-class FID (Miyato and Koyama 2018, section 4.1). It sees what the distance over all classes does not: images of the
 * wrong class, and classes that are all alike.
 *
 * @param classes in the order of the labels
 */
public record ClassFrechetDistance(List<Row> classes) {
    /**
     * One class.
     *
     * @param name of the class
     * @param realCount real images of it; 0 if unknown
     * @param fakeCount fake images of it; 0 if unknown
     * @param distance between them, ≥ 0
     */
    public record Row(String name, long realCount, long fakeCount, double distance) {}

    /** The rows are copied. */
    public ClassFrechetDistance {
        classes = List.copyOf(classes);
    }

    /**
     * Between the statistics of real and of fake images, class by class.
     *
     * @throws IllegalArgumentException if the lists are not equally long, or empty, or the widths differ
     */
    public static ClassFrechetDistance between(
            List<String> names, List<GaussianStatistics> real, List<GaussianStatistics> fake) {
        if (names.isEmpty() || names.size() != real.size() || names.size() != fake.size()) {
            throw new IllegalArgumentException("each of 1 or more classes must have real and fake statistics, got "
                    + "%d names, %d real and %d fake".formatted(names.size(), real.size(), fake.size()));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            GaussianStatistics a = real.get(i), b = fake.get(i);
            rows.add(new Row(names.get(i), a.count(), b.count(), FrechetDistance.between(a, b)));
        }
        return new ClassFrechetDistance(rows);
    }

    /**
     * Between labelled features.
     *
     * @param realLabels one for each real row, in {@code 0..names.size() − 1}
     * @param fakeLabels likewise; the classes that were asked for
     * @throws IllegalArgumentException if a class has fewer than two real or fake images, the widths differ, or labels
     *     are not as many as rows or out of their range
     */
    public static ClassFrechetDistance of(
            Features real, int[] realLabels, Features fake, int[] fakeLabels, List<String> names) {
        Features.checkWidths(real, fake);
        return between(names, statistics("real", real, realLabels, names), statistics("fake", fake, fakeLabels, names));
    }

    private static List<GaussianStatistics> statistics(
            String which, Features features, int[] labels, List<String> names) {
        if (labels.length != features.rows()) {
            throw new IllegalArgumentException(
                    "%s labels must be as many as images, %d, got %d".formatted(which, features.rows(), labels.length));
        }
        for (int label : labels) {
            if (label < 0 || label >= names.size()) {
                throw new IllegalArgumentException(
                        "%s labels must be in 0..%d, got %d".formatted(which, names.size() - 1, label));
            }
        }
        List<GaussianStatistics> statistics = new ArrayList<>();
        for (int label = 0; label < names.size(); label++) {
            int wanted = label;
            int[] rows = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == wanted)
                    .toArray();
            if (rows.length < 2) {
                throw new IllegalArgumentException("class \"%s\" must have at least 2 %s images, got %d"
                        .formatted(names.get(label), which, rows.length));
            }
            statistics.add(GaussianStatistics.of(features.select(rows)));
        }
        return statistics;
    }

    /** The mean over classes, each counting the same. */
    public double mean() {
        return classes.stream().mapToDouble(Row::distance).average().orElseThrow();
    }

    /** The classes, the worst first. */
    public List<Row> worstFirst() {
        return classes.stream()
                .sorted(Comparator.comparingDouble(Row::distance).reversed())
                .toList();
    }
}
