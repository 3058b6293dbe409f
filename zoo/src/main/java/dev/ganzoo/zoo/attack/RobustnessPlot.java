package dev.ganzoo.zoo.attack;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.theme.XChartTheme;

/** Accuracy against ε as a line chart. */
final class RobustnessPlot {
    private RobustnessPlot() {}

    static BufferedImage draw(RobustnessReport report) {
        boolean steps = report.protocol().norm().equals(Norm.LINF.toString());
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title("%s on %s %s, %d images"
                        .formatted(
                                report.protocol().model(),
                                report.protocol().dataset(),
                                report.protocol().split(),
                                report.protocol().images()))
                .xAxisTitle("ε (%s%s)".formatted(report.protocol().norm(), steps ? ", units of 1/255" : ""))
                .yAxisTitle("accuracy, %")
                .build();
        chart.getStyler().setTheme(new XChartTheme());
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(100.0);
        chart.getStyler().setMarkerSize(6);
        lines(report, steps)
                .forEach((attack, points) -> chart.addSeries(
                        attack,
                        points.keySet().stream().mapToDouble(x -> x).toArray(),
                        points.values().stream().mapToDouble(y -> y).toArray()));
        return BitmapEncoder.getBufferedImage(chart);
    }

    /** The points of each attack, with the clean accuracy at ε = 0. */
    private static Map<String, NavigableMap<Double, Double>> lines(RobustnessReport report, boolean steps) {
        Map<String, NavigableMap<Double, Double>> lines = new LinkedHashMap<>();
        for (RobustnessReport.Row row : report.rows()) {
            NavigableMap<Double, Double> points = lines.computeIfAbsent(
                    label(report, row), name -> new TreeMap<>(Map.of(0.0, 100 * report.cleanAccuracy())));
            points.put(steps ? 255 * row.epsilon() : row.epsilon(), 100 * row.accuracy());
        }
        return lines;
    }

    /** The attack's name; with its settings where the report has several of that name. */
    private static String label(RobustnessReport report, RobustnessReport.Row row) {
        long variants = report.rows().stream()
                .filter(other -> other.attack().equals(row.attack()))
                .map(RobustnessPlot::withoutEpsilon)
                .distinct()
                .count();
        return variants == 1 ? row.attack() : row.attack() + " " + withoutEpsilon(row);
    }

    private static Map<String, String> withoutEpsilon(RobustnessReport.Row row) {
        Map<String, String> settings = new LinkedHashMap<>(row.settings());
        settings.remove("epsilon");
        return settings;
    }
}
