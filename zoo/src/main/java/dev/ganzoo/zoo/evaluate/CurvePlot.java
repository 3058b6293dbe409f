package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.latent.Truncation;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.theme.XChartTheme;

/** Two scores against truncation as a line chart with two axes. */
final class CurvePlot {
    private static final List<Color> COLOURS = List.of(new Color(0x1F6FB4), new Color(0xC44E28));

    private CurvePlot() {}

    static BufferedImage draw(TruncationCurve curve) {
        EvaluationReport first = curve.points().get(0).report();
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title("%s against %s".formatted(first.samples(), first.against()))
                .xAxisTitle("truncation")
                .build();
        chart.getStyler().setTheme(new XChartTheme());
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(6);
        List<TruncationCurve.Point> points = curve.points().stream()
                .sorted(Comparator.comparingDouble(point -> at(point.truncation())))
                .toList();
        List<String> metrics = metrics(curve);
        for (int axis = 0; axis < metrics.size(); axis++) {
            String metric = metrics.get(axis);
            Map<String, String> protocol = first.score(metric).protocol();
            XYSeries series = chart.addSeries(
                    metric,
                    points.stream().mapToDouble(point -> at(point.truncation())).toArray(),
                    points.stream()
                            .mapToDouble(point -> point.report().value(metric))
                            .toArray());
            series.setYAxisGroup(axis);
            series.setLineColor(COLOURS.get(axis));
            series.setMarkerColor(COLOURS.get(axis));
            chart.setYAxisGroupTitle(axis, "%s (%s)".formatted(metric, protocol.getOrDefault("extractor", "pixels")));
        }
        return BitmapEncoder.getBufferedImage(chart);
    }

    private static List<String> metrics(TruncationCurve curve) {
        List<String> all = curve.metrics();
        return all.containsAll(List.of("fid", "is"))
                ? List.of("fid", "is")
                : all.stream().limit(COLOURS.size()).toList();
    }

    /** No truncation stands beyond all others. */
    private static double at(Truncation truncation) {
        return truncation.method() == Truncation.Method.NONE ? Truncation.MAX + 0.1 : truncation.value();
    }
}
