package dev.ganzoo.zoo.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code metrics.jsonl}: a JSON object a line, for each step at which something was measured, by ascending step.
 *
 * <pre>{@code
 * {"step":500,"time":"2026-02-03T04:05:06.789Z","images_per_second":812.4,"metrics":{"loss/generator":0.71}}
 * }</pre>
 *
 * <p>Values that JSON has no number for are the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. A last
 * line without its newline was cut off, or is being written, and is not one.
 *
 * @param path where it is; it need not exist
 */
public record MetricsFile(Path path) {
    /** The part of the test images that a classifier told right. */
    public static final String TEST_ACCURACY = "accuracy/test";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A line that was read.
     *
     * @param step after how many steps
     * @param imagesPerSecond how fast training was
     * @param metrics what was measured, by name
     * @param end where the line ends in the file, in bytes
     */
    public record Line(long step, double imagesPerSecond, Map<String, Double> metrics, long end) {}

    /** A line to be written, with its newline. */
    public static byte[] encode(long step, Instant time, double imagesPerSecond, Map<String, Double> metrics) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", step).put("time", time.toString()).put("images_per_second", imagesPerSecond);
        ObjectNode values = line.putObject("metrics");
        metrics.forEach(values::put);
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * All that was noted so far.
     *
     * @throws IOException if the file cannot be read, or a line is no JSON object with a step; the message has its number
     */
    public List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        if (!Files.exists(path)) {
            return lines;
        }
        byte[] bytes = Files.readAllBytes(path);
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(line(new String(bytes, begin, i - begin, StandardCharsets.UTF_8), lines.size() + 1, i + 1));
                begin = i + 1;
            }
        }
        return lines;
    }

    /**
     * What was noted under this name at a step.
     *
     * @throws IOException as {@link #lines}
     */
    public OptionalDouble value(String name, long step) throws IOException {
        return lines().stream()
                .filter(line -> line.step() == step && line.metrics().containsKey(name))
                .mapToDouble(line -> line.metrics().get(name))
                .findFirst();
    }

    private Line line(String text, int number, long end) throws IOException {
        JsonNode line;
        try {
            line = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException("%s line %d must be JSON: %s".formatted(path, number, e.getOriginalMessage()));
        }
        if (!line.path("step").isIntegralNumber()) {
            throw new IOException("%s line %d must be a JSON object with a step".formatted(path, number));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        line.path("metrics")
                .fields()
                .forEachRemaining(
                        metric -> metrics.put(metric.getKey(), metric.getValue().asDouble(Double.NaN)));
        return new Line(
                line.path("step").longValue(), line.path("images_per_second").asDouble(), metrics, end);
    }
}
