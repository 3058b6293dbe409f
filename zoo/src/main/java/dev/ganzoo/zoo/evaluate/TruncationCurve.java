package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelCard.Quality;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scores against truncation: how much quality variety costs.
 *
 * @param points in the order asked for
 */
public record TruncationCurve(List<Point> points) {
    public TruncationCurve {
        points = List.copyOf(points);
    }

    /** What was measured at one truncation. */
    public record Point(Truncation truncation, EvaluationReport report) {}

    /** The names of the scores. */
    List<String> metrics() {
        return points.get(0).report().scores().stream().map(Quality::metric).toList();
    }

    /** As JSON, for programs. */
    public String json() {
        return EvaluationLog.text(this);
    }

    /** As a table, for people, with the protocol below it. */
    public String table() {
        List<String> lines = new ArrayList<>();
        lines.add("  %-16s %s"
                .formatted(
                        "truncation", metrics().stream().map("%12s"::formatted).collect(Collectors.joining(" "))));
        for (Point point : points) {
            lines.add("  %-16s %s"
                    .formatted(
                            point.truncation(),
                            point.report().scores().stream()
                                    .map(score -> "%12s".formatted(ScoreTable.number(score.value())))
                                    .collect(Collectors.joining(" "))));
        }
        Map<String, String> common = ScoreTable.common(points.stream()
                .flatMap(point -> point.report().scores().stream())
                .toList());
        lines.addAll(ScoreTable.protocol(common));
        return String.join("\n", lines) + "\n";
    }

    /** FID to the left and IS to the right (or the first two scores) against truncation. */
    public BufferedImage plot() {
        return CurvePlot.draw(this);
    }
}
