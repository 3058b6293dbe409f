package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.image.LinePlot;
import dev.ganzoo.zoo.latent.Truncation;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two scores against truncation as a line chart with two axes. */
final class CurvePlot {
    private static final int MOST = 2;

    private CurvePlot() {}

    static BufferedImage draw(TruncationCurve curve) {
        EvaluationReport first = curve.points().get(0).report();
        LinePlot plot = LinePlot.of("%s against %s".formatted(first.samples(), first.against()), "truncation");
        for (String metric : metrics(curve)) {
            Map<Double, Double> values = new TreeMap<>();
            curve.points()
                    .forEach(point ->
                            values.put(at(point.truncation()), point.report().value(metric)));
            String extractor = first.score(metric).protocol().getOrDefault("extractor", "pixels");
            plot = plot.line(metric, "%s (%s)".formatted(metric, extractor), values);
        }
        return plot.image();
    }

    private static List<String> metrics(TruncationCurve curve) {
        List<String> all = curve.metrics();
        return all.containsAll(List.of("fid", "is"))
                ? List.of("fid", "is")
                : all.stream().limit(MOST).toList();
    }

    /** No truncation stands beyond all others. */
    private static double at(Truncation truncation) {
        return truncation.method() == Truncation.Method.NONE ? Truncation.MAX + 0.1 : truncation.value();
    }
}
