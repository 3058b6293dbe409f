package dev.ganzoo.zoo.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that hold a JSON object: indented for people, ending with a newline, whole or absent. */
public final class JsonFiles {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFiles() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * The object in a file.
     *
     * @throws IOException if it cannot be read or holds something else; the message names the file
     */
    public static ObjectNode read(Path file) throws IOException {
        JsonNode node;
        try {
            node = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException("%s must hold JSON, but line %d is not: %s"
                    .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()));
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IOException("%s must hold a JSON object, found %s"
                .formatted(file, node.isMissingNode() ? "nothing" : node.getNodeType()));
    }

    /** Writes {@code object} to {@code file}, replacing what was there. */
    public static void write(Path file, JsonNode object) throws IOException {
        String text = JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(object) + "\n";
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The tree as it comes back from a file, so that trees compare as their files do. */
    public static JsonNode asRead(JsonNode tree) {
        try {
            return JSON.readTree(JSON.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new IllegalArgumentException("must be a JSON tree: " + e.getMessage(), e);
        }
    }

    /** The fields of an object as Java's own types. */
    public static Map<String, Object> map(JsonNode object) {
        return JSON.convertValue(object, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /**
     * What stands at a JSON pointer in an object that was read from {@code file}.
     *
     * @throws IOException if nothing does; the message names the file
     */
    public static JsonNode require(Path file, JsonNode root, String pointer) throws IOException {
        JsonNode found = root.at(pointer);
        if (found.isMissingNode() || found.isNull()) {
            throw new IOException(
                    "%s must have %s".formatted(file, pointer.substring(1).replace('/', '.')));
        }
        return found;
    }
}
