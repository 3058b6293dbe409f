package dev.ganzoo.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.text.Suggestions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a body, each of the type that is asked of it; otherwise a {@link Problem} names it. */
final class Fields {
    private static final Set<String> TRUNCATION = Set.of("method", "value");

    private final JsonNode tree;
    /** What stands before names in problems: {@code generate.}. */
    private final String prefix;

    private Fields(JsonNode tree, String prefix) {
        this.tree = tree;
        this.prefix = prefix;
    }

    /** Reads a JSON object with no other fields than {@code known}; an empty body stands for {@code {}}. */
    static Fields read(byte[] body, List<String> known) {
        JsonNode tree = body.length == 0 ? Json.object() : parse(body);
        if (!tree.isObject()) {
            throw new Problem(Type.INVALID_JSON, "the body must be a json object, got " + kind(tree));
        }
        return new Fields(tree, "").knowing(known);
    }

    /** Fields of a form or a query: what reads as JSON is that (numbers, flags, objects), the rest is text. */
    static Fields ofTexts(Map<String, String> texts, List<String> known) {
        ObjectNode tree = Json.object();
        texts.forEach((name, text) -> tree.set(name, value(text)));
        return new Fields(tree, "").knowing(known);
    }

    private static JsonNode value(String text) {
        try {
            JsonNode value = Json.read(text.getBytes(StandardCharsets.UTF_8));
            return value.isMissingNode() ? TextNode.valueOf(text) : value;
        } catch (IOException e) {
            return TextNode.valueOf(text);
        }
    }

    private Fields knowing(List<String> known) {
        for (String name : (Iterable<String>) tree::fieldNames) {
            if (!known.contains(name)) {
                throw new Problem(Type.UNKNOWN_FIELD, prefix + name, Suggestions.unknown("field", name, known));
            }
        }
        return this;
    }

    /** An object within, with no other fields than {@code known}. */
    Fields object(String name, List<String> known) {
        JsonNode node = tree.get(name);
        if (!node.isObject()) {
            throw wrong(prefix + name, "an object with fields of " + String.join(", ", known), node);
        }
        return new Fields(node, prefix + name + ".").knowing(known);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.read(body);
        } catch (JsonProcessingException e) {
            // Jackson appends, in brackets, where it read from.
            String reason = e.getOriginalMessage().replaceFirst("(?s) \\(start marker at .*|\\R.*", "");
            throw new Problem(
                    Type.INVALID_JSON,
                    "not json at line %d, column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr(), reason));
        } catch (IOException e) {
            throw new Problem(Type.INVALID_JSON, "the body does not read: " + e.getMessage());
        }
    }

    /** Whether the field is there; {@code null} is as good as absent. */
    boolean has(String name) {
        return tree.hasNonNull(name);
    }

    int integer(String name) {
        return integer(prefix + name, tree.get(name));
    }

    /** At least one. */
    List<Integer> integers(String name) {
        return list(name).stream().map(node -> integer(prefix + name, node)).toList();
    }

    long whole(String name) {
        return whole(prefix + name, tree.get(name));
    }

    double number(String name) {
        return number(prefix + name, tree.get(name));
    }

    /** At least one. */
    List<Double> doubles(String name) {
        return list(name).stream().map(node -> number(prefix + name, node)).toList();
    }

    String text(String name) {
        JsonNode node = tree.get(name);
        if (!node.isTextual()) {
            throw wrong(prefix + name, "text", node);
        }
        return node.textValue();
    }

    /** Text, a number or a flag, as Java has it. */
    Object scalar(String name) {
        JsonNode node = tree.get(name);
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        throw wrong(prefix + name, "a number, text, true or false", node);
    }

    /** Whether the field has this text in place of whatever it has otherwise. */
    boolean is(String name, String text) {
        return tree.path(name).asText().equals(text);
    }

    /** Whether the field is a list. */
    boolean isList(String name) {
        return tree.path(name).isArray();
    }

    /** The names of the fields that are there. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> !has(name));
        return names;
    }

    boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        JsonNode node = tree.get(name);
        if (!node.isBoolean()) {
            throw wrong(name, "true or false", node);
        }
        return node.booleanValue();
    }

    /** A class by name or index, as text. */
    String classNamed(String name) {
        return classNamed(prefix + name, tree.get(name));
    }

    /** Classes by name or index, as text; at least one. */
    List<String> classes(String name) {
        return list(name).stream().map(node -> classNamed(name, node)).toList();
    }

    /** At least one. */
    List<Long> wholes(String name) {
        return list(name).stream().map(node -> whole(name, node)).toList();
    }

    /** Numbers by key. */
    Map<String, Double> numbers(String name) {
        JsonNode node = tree.get(name);
        if (!node.isObject()) {
            throw wrong(name, "an object of classes and their weights", node);
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (var entry : ((ObjectNode) node).properties()) {
            if (!entry.getValue().isNumber()) {
                throw wrong(name + "." + entry.getKey(), "a number", entry.getValue());
            }
            numbers.put(entry.getKey(), entry.getValue().doubleValue());
        }
        return numbers;
    }

    /** A number (for scaled), text as {@code resampled:1.5}, or an object with method and value. */
    Truncation truncation(String name) {
        JsonNode node = tree.get(name);
        if (node.isNumber()) {
            return truncation(prefix + name, Double.toString(node.doubleValue()));
        }
        if (node.isTextual()) {
            return truncation(prefix + name, node.textValue());
        }
        if (!node.isObject()) {
            throw wrong(name, "a number, text such as \"resampled:1.5\", or an object with method and value", node);
        }
        for (String part : (Iterable<String>) node::fieldNames) {
            if (!TRUNCATION.contains(part)) {
                throw new Problem(
                        Type.UNKNOWN_FIELD,
                        name + "." + part,
                        Suggestions.unknown("field", part, List.of("method", "value")));
            }
        }
        return truncation(name, node.path("method"), node.path("value"));
    }

    /** @param name of the field or parameter that says so */
    static Truncation truncation(String name, String text) {
        try {
            return Truncation.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(Type.INVALID_VALUE, name, e.getMessage());
        }
    }

    private static Truncation truncation(String name, JsonNode method, JsonNode value) {
        List<String> methods = List.of("none", "scaled", "resampled");
        if (!method.isTextual() || !methods.contains(method.textValue())) {
            throw wrong(name + ".method", "none, scaled or resampled", method);
        }
        if (method.textValue().equals("none")) {
            return Truncation.none();
        }
        if (!value.isNumber()) {
            throw wrong(name + ".value", "a number", value);
        }
        return truncation(name, method.textValue() + ":" + value.doubleValue());
    }

    private static int integer(String name, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw wrong(name, "a whole number of 32 bits", node);
        }
        return node.intValue();
    }

    private static double number(String name, JsonNode node) {
        if (!node.isNumber()) {
            throw wrong(name, "a number", node);
        }
        return node.doubleValue();
    }

    private static long whole(String name, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong(name, "a whole number of 64 bits", node);
        }
        return node.longValue();
    }

    private static String classNamed(String name, JsonNode node) {
        if (!node.isTextual() && !node.isIntegralNumber()) {
            throw wrong(name, "the name or index of a class", node);
        }
        return node.asText();
    }

    private List<JsonNode> list(String name) {
        JsonNode node = tree.get(name);
        if (!node.isArray() || node.isEmpty()) {
            throw wrong(prefix + name, "a list of at least one", node);
        }
        List<JsonNode> all = new ArrayList<>();
        node.forEach(all::add);
        return all;
    }

    private static Problem wrong(String name, String expected, JsonNode found) {
        String value = found.isValueNode() ? found.toString() : kind(found);
        return new Problem(Type.INVALID_VALUE, name, "%s must be %s, got %s".formatted(name, expected, cut(value)));
    }

    private static String cut(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> node.isEmpty() ? "an empty list" : "a list";
            case OBJECT -> "an object";
            case MISSING -> "nothing";
            default -> cut(node.toString());
        };
    }
}
