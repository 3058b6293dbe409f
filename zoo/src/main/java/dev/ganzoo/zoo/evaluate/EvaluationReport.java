package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.model.ModelCard.Quality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * What was measured, and how.
 *
 * @param samples what was judged
 * @param against what it was compared with; empty if nothing
 * @param scores each with its whole protocol: numbers are to be compared only where protocols are the same
 * @param kept the names of those scores that had been measured before and were not measured again
 */
public record EvaluationReport(String samples, String against, List<Quality> scores, List<String> kept) {
    public EvaluationReport {
        scores = List.copyOf(scores);
        kept = List.copyOf(kept);
    }

    /**
     * A score.
     *
     * @param metric {@code fid}, {@code kid}, {@code is}, {@code precision}, {@code recall}, {@code density},
     *     {@code coverage}, {@code msssim}, {@code swd} or {@code intra-fid}
     * @throws NoSuchElementException if it was not measured
     */
    public Quality score(String metric) {
        return scores.stream()
                .filter(score -> score.metric().equals(metric))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("%s was not measured, only %s"
                        .formatted(metric, scores.stream().map(Quality::metric).collect(Collectors.joining(", ")))));
    }

    /** The value of a score. @see #score */
    public double value(String metric) {
        return score(metric).value();
    }

    /** As JSON, for programs. */
    public String json() {
        return EvaluationLog.text(this);
    }

    /** As a table, for people, with the protocol below it. */
    public String table() {
        Map<String, String> common = common(scores);
        List<String> lines = new ArrayList<>();
        String judge = common.containsKey("extractor") ? ", judged by " + common.get("extractor") : "";
        lines.add(samples + (against.isEmpty() ? "" : " against " + against) + judge);
        for (Quality score : scores) {
            String own = own(score, common) + (kept.contains(score.metric()) ? " (measured before)" : "");
            lines.add("  %-10s %12s%s  %s"
                    .formatted(score.metric(), number(score.value()), deviation(score.deviation()), own)
                    .stripTrailing());
        }
        lines.addAll(protocol(common));
        return String.join("\n", lines) + "\n";
    }

    static List<String> protocol(Map<String, String> common) {
        List<String> lines = new ArrayList<>(List.of("protocol"));
        common.forEach((name, value) -> lines.add("  %-21s %s".formatted(name, value)));
        return lines;
    }

    /** What all scores that say anything of it say alike. */
    static Map<String, String> common(List<Quality> scores) {
        Map<String, String> common = new LinkedHashMap<>();
        scores.forEach(score -> score.protocol().forEach(common::putIfAbsent));
        common.keySet()
                .removeIf(name -> Protocol.isOwn(name)
                        || scores.stream()
                                .anyMatch(score -> !score.protocol()
                                        .getOrDefault(name, common.get(name))
                                        .equals(common.get(name))));
        return common;
    }

    private static String own(Quality score, Map<String, String> common) {
        return score.protocol().entrySet().stream()
                .filter(entry -> !common.containsKey(entry.getKey()))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    private static String deviation(Double deviation) {
        return deviation == null ? " ".repeat(15) : String.format(Locale.ROOT, " ± %-12.4g", deviation);
    }
}
