package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.metrics.Features;
import dev.ganzoo.zoo.metrics.FrechetDistance;
import dev.ganzoo.zoo.metrics.GaussianStatistics;
import dev.ganzoo.zoo.metrics.PrecisionRecall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores within each class: which does a model do badly?
 *
 * @param rows one for each class that both sides have
 * @param protocol what the scores have in common
 */
public record ClassReport(List<Row> rows, Map<String, String> protocol) {
    public ClassReport {
        rows = List.copyOf(rows);
    }

    /**
     * One class.
     *
     * @param className its name
     * @param samples how many samples are of it
     * @param real how many real images are of it
     * @param fid the Fréchet distance between the two
     * @param precision the part of the samples that lie among the real images, or null if not asked for
     * @param recall the part of the real images that lie among the samples, or null if not asked for
     * @param recognised the part of the samples that the extractor takes for this class, or null if it does not know it
     */
    public record Row(
            String className, int samples, int real, double fid, Double precision, Double recall, Double recognised) {}

    static ClassReport of(
            ClassPairs pairs,
            Extraction real,
            Extraction samples,
            List<String> extractorClasses,
            EvaluationOptions options,
            Map<String, String> protocol) {
        List<Row> rows = new ArrayList<>();
        int done = 0;
        for (ClassPairs.Pair pair : pairs.pairs()) {
            options.listener.progress("classes", done++, pairs.pairs().size());
            if (samples.countOf(pair.sample()) < 2 || real.countOf(pair.real()) < 2) {
                continue;
            }
            Features made = samples.ofClass(pair.sample());
            Features known = real.ofClass(pair.real());
            PrecisionRecall precision =
                    options.metrics.contains(Metric.PRDC) ? Scores.precision(known, made, options) : null;
            rows.add(new Row(
                    pair.name(),
                    made.rows(),
                    known.rows(),
                    FrechetDistance.between(GaussianStatistics.of(known), GaussianStatistics.of(made)),
                    precision == null ? null : precision.precision(),
                    precision == null ? null : precision.recall(),
                    extractorClasses.isEmpty() ? null : recognised(pair, samples, extractorClasses)));
        }
        options.listener.progress("classes", done, pairs.pairs().size());
        return new ClassReport(rows, protocol);
    }

    private static double recognised(ClassPairs.Pair pair, Extraction samples, List<String> classNames) {
        int label = ClassPairs.lower(classNames).indexOf(pair.name().toLowerCase(Locale.ROOT));
        Features logits = samples.logitsOfClass(pair.sample());
        int right = 0;
        for (int row = 0; row < logits.rows(); row++) {
            int best = 0;
            for (int k = 1; k < logits.width(); k++) {
                if (logits.values()[row * logits.width() + k] > logits.values()[row * logits.width() + best]) {
                    best = k;
                }
            }
            right += best == label ? 1 : 0;
        }
        return (double) right / logits.rows();
    }

    /** As JSON, for programs. */
    public String json() {
        return EvaluationLog.text(this);
    }

    /** As a table, for people, the worst class first. */
    public String table() {
        List<String> lines = new ArrayList<>();
        String format = "  %-16s %10s %10s %10s %10s %11s %10s";
        lines.add(format.formatted("class", "fid", "precision", "recall", "recognised", "samples", "real"));
        rows.stream()
                .sorted(Comparator.comparingDouble(Row::fid).reversed())
                .map(row -> format.formatted(
                        row.className(),
                        ScoreTable.number(row.fid()),
                        part(row.precision()),
                        part(row.recall()),
                        part(row.recognised()),
                        row.samples(),
                        row.real()))
                .forEach(lines::add);
        lines.addAll(ScoreTable.protocol(protocol));
        return String.join("\n", lines) + "\n";
    }

    private static String part(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
