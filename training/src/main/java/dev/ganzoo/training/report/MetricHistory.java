package dev.ganzoo.training.report;

import dev.ganzoo.zoo.report.LineChart;
import dev.ganzoo.zoo.run.MetricsFile;
import dev.ganzoo.zoo.run.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code metrics.jsonl} as curves. */
final class MetricHistory {
    private static final String SPEED = "images a second";

    /** Curves of one figure are at most so many times as large as another. */
    private static final double COMPARABLE = 10;

    private final Map<String, Points> metrics = new LinkedHashMap<>();
    private final Points speed = new Points();

    /** The points of a curve while it is read. */
    private static final class Points {
        private final List<Double> steps = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        void add(double step, double value) {
            steps.add(step);
            values.add(value);
        }

        double size() {
            return values.stream()
                    .filter(Double::isFinite)
                    .mapToDouble(Math::abs)
                    .max()
                    .orElse(0);
        }

        LineChart.Line line(String name) {
            return new LineChart.Line(name, steps, values);
        }
    }

    private MetricHistory() {}

    /** What was measured so far. */
    static MetricHistory read(Path run) throws IOException {
        var history = new MetricHistory();
        for (MetricsFile.Line line : new RunFiles(run).metrics().lines()) {
            history.speed.add(line.step(), line.imagesPerSecond());
            line.metrics()
                    .forEach((name, value) -> history.metrics
                            .computeIfAbsent(name, any -> new Points())
                            .add(line.step(), value));
        }
        return history;
    }

    boolean isEmpty() {
        return metrics.isEmpty();
    }

    /** A figure for each group of metrics, the part of their names before the slash, and one of the speed. */
    String figures() {
        Map<String, Map<String, Points>> groups = new LinkedHashMap<>();
        metrics.forEach((name, points) -> {
            int slash = name.indexOf('/');
            groups.computeIfAbsent(slash < 0 ? name : name.substring(0, slash), group -> new LinkedHashMap<>())
                    .put(name.substring(slash + 1), points);
        });
        var html = new StringBuilder();
        groups.forEach(
                (group, lines) -> comparable(lines).forEach(figure -> html.append(LineChart.figure(group, figure))));
        return html.append(LineChart.figure("speed", List.of(speed.line(SPEED))))
                .toString();
    }

    /** The curves of a group, those together that can be read on one scale. */
    private static List<List<LineChart.Line>> comparable(Map<String, Points> group) {
        List<List<LineChart.Line>> figures = new ArrayList<>();
        List<Double> sizes = new ArrayList<>();
        group.forEach((name, points) -> {
            int figure = 0;
            while (figure < sizes.size() && !isComparable(sizes.get(figure), points.size())) {
                figure++;
            }
            if (figure == sizes.size()) {
                figures.add(new ArrayList<>());
                sizes.add(points.size());
            }
            figures.get(figure).add(points.line(name));
        });
        return figures;
    }

    private static boolean isComparable(double one, double other) {
        return Math.max(one, other) <= COMPARABLE * Math.min(one, other);
    }
}
