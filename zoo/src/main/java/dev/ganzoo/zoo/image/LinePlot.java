package dev.ganzoo.zoo.image;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.theme.XChartTheme;

/** One or two lines over the same positions, each with an axis of its own. Immutable: every option gives a new plot. */
public final class LinePlot {
    private static final List<Color> COLOURS = List.of(new Color(0x1F6FB4), new Color(0xC44E28));

    private final String title;
    private final String positions;
    private final Map<String, Line> lines;

    private record Line(String axis, NavigableMap<Double, Double> points) {}

    private LinePlot(String title, String positions, Map<String, Line> lines) {
        this.title = title;
        this.positions = positions;
        this.lines = lines;
    }

    /** A plot without lines; {@code positions} is the title of the horizontal axis. */
    public static LinePlot of(String title, String positions) {
        return new LinePlot(title, positions, Map.of());
    }

    /**
     * Adds a line.
     *
     * @param name in the legend
     * @param axis the title of its axis
     * @param points values by their positions, at least one
     * @throws IllegalArgumentException if there are two lines already, or no points
     */
    public LinePlot line(String name, String axis, Map<Double, Double> points) {
        if (lines.size() == COLOURS.size() || points.isEmpty()) {
            throw new IllegalArgumentException("a plot must have at most %d lines of at least one point, got %d of %d"
                    .formatted(COLOURS.size(), lines.size() + 1, points.size()));
        }
        Map<String, Line> more = new LinkedHashMap<>(lines);
        more.put(name, new Line(axis, new TreeMap<>(points)));
        return new LinePlot(title, positions, more);
    }

    /** Draws it, 800 × 500 pixels, on white. */
    public BufferedImage image() {
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title(title)
                .xAxisTitle(positions)
                .build();
        chart.getStyler().setTheme(new XChartTheme());
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(6);
        lines.forEach((name, line) -> {
            int axis = chart.getSeriesMap().size();
            XYSeries series = chart.addSeries(
                    name,
                    new ArrayList<>(line.points().keySet()),
                    new ArrayList<>(line.points().values()));
            series.setYAxisGroup(axis);
            series.setLineColor(COLOURS.get(axis));
            series.setMarkerColor(COLOURS.get(axis));
            chart.setYAxisGroupTitle(axis, line.axis());
        });
        return BitmapEncoder.getBufferedImage(chart);
    }
}
