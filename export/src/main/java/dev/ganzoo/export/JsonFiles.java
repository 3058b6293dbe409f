package dev.ganzoo.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the JSON files of run directories. */
final class JsonFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFiles() {}

    static JsonNode read(Path file) throws IOException {
        return parse(file, Files.readString(file));
    }

    /** A JSON object that was found in {@code file}. */
    static JsonNode parse(Path file, String text) throws IOException {
        try {
            JsonNode root = JSON.readTree(text);
            if (!root.isObject()) {
                throw new IOException("%s must hold a json object, found %s"
                        .formatted(file, root.isMissingNode() ? "nothing" : root.getNodeType()));
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new IOException("%s must hold json, but line %d is not: %s"
                    .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()));
        }
    }

    /** What stands at a JSON pointer, which must be there. */
    static JsonNode require(Path file, JsonNode root, String pointer) throws IOException {
        JsonNode found = root.at(pointer);
        if (found.isMissingNode() || found.isNull()) {
            throw new IOException(
                    "%s must have %s".formatted(file, pointer.substring(1).replace('/', '.')));
        }
        return found;
    }

    static Map<String, Object> map(JsonNode object) {
        return JSON.convertValue(object, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
