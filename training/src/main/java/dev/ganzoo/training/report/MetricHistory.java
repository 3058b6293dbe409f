package dev.ganzoo.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ganzoo.zoo.report.LineChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code metrics.jsonl} as curves. */
final class MetricHistory {
    private static final ObjectMapper JSON = new ObjectMapper();
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

    /** What was measured so far; a last line that is being written at this moment does not count. */
    static MetricHistory read(Path run) throws IOException {
        Path file = run.resolve("metrics.jsonl");
        var history = new MetricHistory();
        if (!Files.exists(file)) {
            return history;
        }
        String text = Files.readString(file);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                history.add(JSON.readTree(lines.get(i)));
            } catch (JsonProcessingException e) {
                throw new IOException("%s line %d must be JSON: %s".formatted(file, i + 1, e.getOriginalMessage()));
            }
        }
        return history;
    }

    private void add(JsonNode line) {
        double step = line.path("step").asDouble();
        speed.add(step, line.path("images_per_second").asDouble());
        line.path("metrics")
                .fields()
                .forEachRemaining(metric -> metrics.computeIfAbsent(metric.getKey(), name -> new Points())
                        .add(step, value(metric.getValue())));
    }

    /** JSON has no NaN: it is a string there. */
    private static double value(JsonNode value) {
        return value.isNumber() ? value.doubleValue() : Double.NaN;
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
