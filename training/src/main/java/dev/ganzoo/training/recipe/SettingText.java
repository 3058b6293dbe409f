package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
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

    /** A value for people, to whom nothing at all would look like a mistake. */
    static String shown(JsonNode value) {
        return value.isArray() && value.isEmpty() ? "(none)" : of(value);
    }

    /** What a setting with this value has to choose from, if anything: one of these, or some if it is a list. */
    static String choices(JsonNode value, List<String> choices) {
        String all = String.join(", ", choices);
        return value.isArray() && !choices.isEmpty() ? "any of " + all : all;
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
