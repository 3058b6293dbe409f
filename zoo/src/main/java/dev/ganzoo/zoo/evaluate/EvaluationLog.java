package dev.ganzoo.zoo.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.model.ModelCard.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores kept in a file, each with its protocol, so that none is measured twice. */
final class EvaluationLog {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private final Path file;

    /** @param file may not be there yet; null to keep nothing */
    EvaluationLog(Path file) {
        this.file = file;
    }

    private record Content(List<Quality> scores) {}

    /** The score of that metric and exactly that protocol, if it was measured before. */
    Optional<Quality> find(String metric, Map<String, String> protocol) throws IOException {
        return read().stream()
                .filter(score ->
                        score.metric().equals(metric) && score.protocol().equals(protocol))
                .findFirst();
    }

    /** Adds scores, in place of earlier ones of the same metric and protocol. */
    void add(List<Quality> scores) throws IOException {
        if (file == null || scores.isEmpty()) {
            return;
        }
        List<Quality> all = new ArrayList<>(read());
        for (Quality score : scores) {
            all.removeIf(
                    old -> old.metric().equals(score.metric()) && old.protocol().equals(score.protocol()));
            all.add(score);
        }
        AtomicFiles.write(file, JSON.writeValueAsBytes(new Content(all)));
    }

    private List<Quality> read() throws IOException {
        if (file == null || !Files.exists(file)) {
            return List.of();
        }
        try {
            return JSON.readValue(Files.readAllBytes(file), Content.class).scores();
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s must be the kept scores as JSON, found: %s; remove it to measure anew"
                            .formatted(file, e.getOriginalMessage()),
                    e);
        }
    }

    /** Any value as indented JSON. */
    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }
}
