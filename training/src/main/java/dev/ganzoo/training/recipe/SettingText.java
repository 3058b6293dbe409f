package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Hyperparameters as people write them: numbers, words, and lists with commas. */
final class SettingText {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String SEPARATOR = ",";

    private SettingText() {}

    /** A value as text, which {@link #parse} gives back. */
    static String of(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(SEPARATOR))
                : value.asText();
    }

    /** A value as JSON: a list where {@code old} is one; numbers and booleans as JSON has them, anything else as text. */
    static JsonNode parse(String text, JsonNode old) {
        if (!old.isArray()) {
            return parse(text);
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        if (!text.isBlank()) {
            for (String item : text.split(SEPARATOR, -1)) {
                items.add(parse(item.strip()));
            }
        }
        return items;
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            return value.isNumber() || value.isBoolean() ? value : JsonNodeFactory.instance.textNode(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
