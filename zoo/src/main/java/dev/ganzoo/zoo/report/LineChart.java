package dev.ganzoo.zoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Curves over a common axis as SVG, drawn by the style of {@link HtmlPage}. Where a curve has many points, the mean of
 * neighbours is drawn, and their range as a shade.
 */
public final class LineChart {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 200;
    private static final int LEFT = 52;
    private static final int RIGHT = 10;
    private static final int TOP = 10;
    private static final int BOTTOM = 22;
    private static final int EDGE = 4;
    private static final int POINTS = 240;
    private static final int TICKS = 6;

    /** The part of a long curve at its beginning that may leave the picture: losses of the first steps are of another size. */
    private static final int UNSETTLED = 20;

    private static final int COLOURS = 6;

    private final List<Line> lines;
    private final Axis across;
    private final Axis up;

    /**
     * A curve.
     *
     * @param name for the legend, as text
     * @param x ascending
     * @param y as many; points that are not finite are left out
     */
    public record Line(String name, List<Double> x, List<Double> y) {
        /** Leaves out what cannot be drawn. */
        public Line {
            List<Double> finiteX = new ArrayList<>();
            List<Double> finiteY = new ArrayList<>();
            for (int i = 0; i < x.size(); i++) {
                if (Double.isFinite(y.get(i))) {
                    finiteX.add(x.get(i));
                    finiteY.add(y.get(i));
                }
            }
            x = List.copyOf(finiteX);
            y = List.copyOf(finiteY);
        }

        private List<Double> settled() {
            return y.subList(y.size() / UNSETTLED, y.size());
        }

        private double last() {
            return y.get(y.size() - 1);
        }
    }

    private LineChart(List<Line> lines) {
        this.lines = lines;
        this.across = Axis.of(lines.stream().flatMap(line -> line.x().stream()).mapToDouble(x -> x));
        this.up =
                Axis.of(lines.stream().flatMap(line -> line.settled().stream()).mapToDouble(y -> y));
    }

    /**
     * A figure of these curves with a heading and a legend that tells their last values; nothing if no curve has a point.
     *
     * @param heading as text
     */
    public static String figure(String heading, List<Line> curves) {
        List<Line> drawn = curves.stream().filter(line -> !line.x().isEmpty()).toList();
        return drawn.isEmpty() ? "" : new LineChart(drawn).draw(heading);
    }

    private String draw(String heading) {
        var html = new StringBuilder(Html.format(
                "<figure class=\"chart\"><h3>%s</h3><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                Html.escape(heading), WIDTH, HEIGHT, Html.escape(heading)));
        for (double tick : up.ticks()) {
            html.append(Html.format(
                    "<path class=\"rule\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" class=\"up\">%s</text>",
                    LEFT, y(tick), WIDTH - RIGHT, LEFT - 6, y(tick) + 3.5, up.label(tick)));
        }
        for (double tick : across.ticks()) {
            html.append(Html.format(
                    "<text x=\"%.1f\" y=\"%d\" class=\"across\">%s</text>", x(tick), HEIGHT - 6, across.label(tick)));
        }
        html.append(Html.format(
                "<svg x=\"%1$d\" y=\"%2$d\" width=\"%3$d\" height=\"%4$d\" viewBox=\"%1$d %2$d %3$d %4$d\">",
                LEFT, TOP - EDGE, WIDTH - LEFT, HEIGHT - TOP - BOTTOM + 2 * EDGE));
        for (int i = 0; i < lines.size(); i++) {
            html.append(curve(lines.get(i), i % COLOURS));
        }
        html.append("</svg></svg><figcaption class=\"legend\">");
        for (int i = 0; i < lines.size(); i++) {
            html.append(Html.format(
                    "<span><span class=\"key line%d\"></span>%s <b>%.4g</b></span> ",
                    i % COLOURS, Html.escape(lines.get(i).name()), lines.get(i).last()));
        }
        return html.append("</figcaption></figure>\n").toString();
    }

    private String curve(Line line, int colour) {
        int points = Math.min(POINTS, line.x().size());
        var mean = new StringBuilder();
        var top = new StringBuilder();
        var bottom = new StringBuilder();
        for (int point = 0; point < points; point++) {
            int from = (int) ((long) point * line.x().size() / points);
            int to = (int) ((long) (point + 1) * line.x().size() / points);
            var values = line.y().subList(from, to).stream().mapToDouble(y -> y).summaryStatistics();
            double x = x(line.x().get((from + to - 1) / 2));
            mean.append(Html.format("%s%.1f %.1f", point == 0 ? "M" : "L", x, y(values.getAverage())));
            top.append(Html.format("%s%.1f %.1f", point == 0 ? "M" : "L", x, y(values.getMax())));
            bottom.insert(0, Html.format("L%.1f %.1f", x, y(values.getMin())));
        }
        String shade = points < line.x().size()
                ? "<path class=\"shade line%d\" d=\"%s%sZ\"/>".formatted(colour, top, bottom)
                : "";
        String dot = points == 1
                ? Html.format(
                        "<circle class=\"line%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>",
                        colour, x(line.x().get(0)), y(line.y().get(0)))
                : "";
        return "%s<path class=\"curve line%d\" d=\"%s\"/>%s".formatted(shade, colour, mean, dot);
    }

    private double x(double value) {
        return LEFT + across.part(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.part(value) * (HEIGHT - TOP - BOTTOM);
    }

    /** A range of values and the distance of its ticks: 1, 2 or 5 times a power of ten. */
    private record Axis(double least, double most, double distance) {
        static Axis of(DoubleStream values) {
            var range = values.summaryStatistics();
            double least = range.getMin();
            double most = range.getMax();
            if (most - least <= 1e-9 * Math.max(Math.abs(least), Math.abs(most))) {
                double around = least == 0 ? 1 : Math.abs(least) / 2;
                least -= around;
                most += around;
            }
            double power = Math.pow(10, Math.floor(Math.log10((most - least) / TICKS)));
            double exact = (most - least) / TICKS / power;
            return new Axis(least, most, power * (exact <= 1 ? 1 : exact <= 2 ? 2 : exact <= 5 ? 5 : 10));
        }

        double part(double value) {
            return (value - least) / (most - least);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (long k = (long) Math.ceil(least / distance - 1e-9); k * distance <= most + 1e-9 * distance; k++) {
                ticks.add(k * distance);
            }
            return ticks;
        }

        String label(double tick) {
            int digits = (int) Math.max(0, -Math.floor(Math.log10(distance) + 1e-9));
            return digits > 6 ? Html.format("%.1e", tick) : Html.format("%,." + digits + "f", tick);
        }
    }
}
