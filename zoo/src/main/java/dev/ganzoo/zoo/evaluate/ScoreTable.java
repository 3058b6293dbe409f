package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.model.ModelCard.Quality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Scores as lines for people: each with what its protocol has of its own, and below what all protocols share. */
public final class ScoreTable {
    private ScoreTable() {}

    /** The lines; none if there are no scores. */
    public static List<String> lines(List<Quality> scores) {
        return lines(scores, List.of());
    }

    /** @param kept the names of scores that had been measured before */
    static List<String> lines(List<Quality> scores, List<String> kept) {
        Map<String, String> common = common(scores);
        List<String> lines = new ArrayList<>();
        for (Quality score : scores) {
            String own = own(score, common) + (kept.contains(score.metric()) ? " (measured before)" : "");
            lines.add("  %-10s %12s%s  %s"
                    .formatted(score.metric(), number(score.value()), deviation(score.deviation()), own)
                    .stripTrailing());
        }
        if (!scores.isEmpty()) {
            lines.addAll(protocol(common));
        }
        return lines;
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
