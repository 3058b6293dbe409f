package dev.ganzoo.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.json.JsonFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What differs between the recipe of a run and the one asked for, a line a value: {@code ngf: run has 64, …}. */
final class RecipeDifference {
    private RecipeDifference() {}

    /** Empty if both say the same; the order of fields does not matter, and 1 is 1.0. */
    static List<String> between(JsonNode run, JsonNode asked) {
        Map<String, JsonNode> ours = new LinkedHashMap<>();
        Map<String, JsonNode> theirs = new LinkedHashMap<>();
        flatten("", JsonFiles.asRead(run), ours);
        flatten("", JsonFiles.asRead(asked), theirs);
        List<String> lines = new ArrayList<>();
        ours.forEach((name, value) -> {
            JsonNode other = theirs.remove(name);
            if (!same(value, other)) {
                lines.add(line(name, value, other));
            }
        });
        theirs.forEach((name, value) -> lines.add(line(name, null, value)));
        return lines;
    }

    private static String line(String name, JsonNode run, JsonNode asked) {
        return "%s: run has %s, asked for %s".formatted(name, text(run), text(asked));
    }

    private static String text(JsonNode value) {
        return value == null ? "nothing" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static boolean same(JsonNode a, JsonNode b) {
        if (b != null && a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        return a.equals(b);
    }

    private static void flatten(String name, JsonNode node, Map<String, JsonNode> into) {
        if (node.isEmpty()) {
            into.put(name.isEmpty() ? "recipe" : name, node);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(name + "[" + i + "]", node.get(i), into);
            }
        } else {
            String prefix = name.isEmpty() ? "" : name + ".";
            node.properties().forEach(field -> flatten(prefix + field.getKey(), field.getValue(), into));
        }
    }
}
