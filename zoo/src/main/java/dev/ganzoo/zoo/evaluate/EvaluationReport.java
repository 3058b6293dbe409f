package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.model.ModelCard.Quality;
import java.util.ArrayList;
import java.util.List;
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
        List<String> lines = new ArrayList<>();
        String judge = ScoreTable.common(scores).get("extractor");
        lines.add(samples
                + (against.isEmpty() ? "" : " against " + against)
                + (judge == null ? "" : ", judged by " + judge));
        lines.addAll(ScoreTable.lines(scores, kept));
        return String.join("\n", lines) + "\n";
    }
}
