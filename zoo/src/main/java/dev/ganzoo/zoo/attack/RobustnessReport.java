package dev.ganzoo.zoo.attack;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The accuracy of a classifier under attacks, and how it was measured.
 *
 * @param protocol what was measured, and how
 * @param cleanAccuracy the fraction of images predicted as their label, without an attack
 * @param rows one for each attack and ε, in the order of attacks, then of rising ε
 */
public record RobustnessReport(Protocol protocol, double cleanAccuracy, List<Row> rows) {
    public RobustnessReport {
        rows = List.copyOf(rows);
    }

    /**
     * How robustness was measured.
     *
     * @param model the classifier's name
     * @param dataset the dataset's name
     * @param split which part of it
     * @param images how many, from the first
     * @param norm in which ε is measured: {@code linf} or {@code l2}
     * @param seed what everything random came from
     */
    public record Protocol(String model, String dataset, String split, int images, String norm, long seed) {}

    /**
     * One attack at one ε.
     *
     * @param attack its name
     * @param settings all its options
     * @param epsilon in units of pixels in [0, 1]
     * @param epsilonText the same as people write it: {@code 8/255}
     * @param accuracy the fraction of images still predicted as their label; for an attack without ε, where a larger
     *     perturbation was needed or none was found
     * @param accuracyRounded the same after rounding to 8 bits
     * @param changed the fraction of images whose prediction was changed, whatever their label
     * @param meanLinf the mean largest change of a value
     * @param meanL2 the mean Euclidean length of the change
     * @param meanGradientEvaluations the mean number of passes forward and back for an image
     * @param meanQueries the mean number of passes forward only for an image
     * @param zeroGradients how many images had no gradient at all: their robustness says nothing
     */
    public record Row(
            String attack,
            Map<String, String> settings,
            double epsilon,
            String epsilonText,
            double accuracy,
            double accuracyRounded,
            double changed,
            double meanLinf,
            double meanL2,
            double meanGradientEvaluations,
            double meanQueries,
            int zeroGradients) {}

    /** As JSON, for programs. */
    public String json() {
        return AttackReport.text(this);
    }

    /** As a table, for people. */
    public String table() {
        List<String> lines = new ArrayList<>();
        lines.add("%s on %s %s, first %d images, %s, seed %d"
                .formatted(
                        protocol.model(),
                        protocol.dataset(),
                        protocol.split(),
                        protocol.images(),
                        protocol.norm(),
                        protocol.seed()));
        lines.add("clean accuracy %s".formatted(percent(cleanAccuracy)));
        int width = rows.stream().mapToInt(row -> row.attack().length()).max().orElse(0);
        String format = "%-" + Math.max(6, width) + "s %9s %9s %9s %9s %11s %9s %10s %8s";
        lines.add(format.formatted(
                "attack",
                "epsilon",
                "accuracy",
                "at 8 bits",
                "changed",
                "mean linf",
                "mean l2",
                "gradients",
                "queries"));
        for (Row row : rows) {
            lines.add(format.formatted(
                    row.attack(),
                    row.epsilonText(),
                    percent(row.accuracy()),
                    percent(row.accuracyRounded()),
                    percent(row.changed()),
                    number("%.2f/255", 255 * row.meanLinf()),
                    number("%.3f", row.meanL2()),
                    number("%.1f", row.meanGradientEvaluations()),
                    number("%.1f", row.meanQueries())));
        }
        warnings().forEach(lines::add);
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    /** A line for each attack and ε some of whose images had no gradient at all. */
    public List<String> warnings() {
        return rows.stream()
                .filter(row -> row.zeroGradients() > 0)
                .map(row ->
                        "warning: %s %s found no gradient at all for %d of %d images: their robustness may be an illusion"
                                .formatted(row.attack(), row.epsilonText(), row.zeroGradients(), protocol.images()))
                .toList();
    }

    /** As a line chart of accuracy against ε, one line for each attack. */
    public BufferedImage plot() {
        return RobustnessPlot.draw(this);
    }

    private static String percent(double fraction) {
        return number("%.1f %%", 100 * fraction);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
