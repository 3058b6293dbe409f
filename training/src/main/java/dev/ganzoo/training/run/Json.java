package dev.ganzoo.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files of a run directory: indented for people, ending with a newline, whole or absent. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode read(Path file) throws IOException {
        JsonNode node;
        try {
            node = MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " must be JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            throw new IOException(file + " must hold a JSON object, found " + node.getNodeType());
        }
        return node;
    }

    static void write(Path file, JsonNode node) throws IOException {
        String text = MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(node) + "\n";
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The tree as it comes back from a file, so that trees compare as their files do. */
    static JsonNode asRead(JsonNode node) {
        try {
            return MAPPER.readTree(MAPPER.writeValueAsBytes(node));
        } catch (IOException e) {
            throw new IllegalArgumentException("recipe must be a JSON tree: " + e.getMessage(), e);
        }
    }
}
