package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.json.RecordJson;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A recipe with every hyperparameter resolved for given data: all that determines the weights of a run. Immutable; this
 * is {@code recipe.json}.
 *
 * @param recipe where objective and defaults come from
 * @param data what is trained on
 * @param networks generator and discriminator
 * @param schedule steps, batches and learning rates
 * @param seed of all randomness
 */
public record TrainingPlan(Recipe recipe, DataSpec data, Networks<?> networks, Schedule schedule, long seed) {
    private static final Set<String> SET_BY_DATA = Set.of("classes", "channels");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The recipe's own settings for this data. */
    public static TrainingPlan of(Recipe recipe, DataSpec data, long seed) {
        Networks<?> networks = recipe.networks().apply(data.labels().size(), data.channels());
        return new TrainingPlan(recipe, data, networks, recipe.schedule(), seed);
    }

    /**
     * This plan with some hyperparameters changed: fields of the architecture's spec or of the {@link Schedule}.
     *
     * @param settings values as text, by name
     * @throws IllegalArgumentException if a name is unknown (the message suggests the nearest), belongs to the data, or a
     *     value is of the wrong type or out of range
     */
    public TrainingPlan with(Map<String, String> settings) {
        ObjectNode architecture = networks.toJson();
        ObjectNode newSchedule = RecordJson.write(schedule);
        settings.forEach((name, text) -> {
            if (SET_BY_DATA.contains(name)) {
                throw new IllegalArgumentException("%s must come from the data, got %s=%s".formatted(name, name, text));
            }
            if (architecture.has(name) && !name.equals("name")) {
                architecture.set(name, parse(text));
            } else if (newSchedule.has(name)) {
                newSchedule.set(name, parse(text));
            } else {
                throw new IllegalArgumentException(
                        Suggestions.unknown("setting", name, settings().keySet()));
            }
        });
        return new TrainingPlan(recipe, data, Architectures.read(architecture), readSchedule(newSchedule), seed);
    }

    /** Every hyperparameter that {@link #with} knows and its value as text, those of the networks first. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        networks.toJson()
                .properties()
                .forEach(field -> settings.put(field.getKey(), field.getValue().asText()));
        settings.keySet().remove("name");
        settings.keySet().removeAll(SET_BY_DATA);
        RecordJson.write(schedule)
                .properties()
                .forEach(field -> settings.put(field.getKey(), field.getValue().asText()));
        return settings;
    }

    /** The plan as {@code recipe.json}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("recipe", recipe.name());
        json.put("objective", recipe.objective().name());
        json.put("seed", seed);
        json.set("dataset", RecordJson.write(data));
        json.set("architecture", networks.toJson());
        json.set("schedule", RecordJson.write(schedule));
        return json;
    }

    /**
     * The plan that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if a part is missing or not understood, naming it
     */
    public static TrainingPlan fromJson(JsonNode json) {
        for (String part : List.of("recipe", "seed", "dataset", "architecture", "schedule")) {
            if (!json.has(part)) {
                throw new IllegalArgumentException("recipe.json must have \"%s\", got %s".formatted(part, json));
            }
        }
        return new TrainingPlan(
                Recipes.named(json.get("recipe").asText()),
                RecordJson.read("dataset", (ObjectNode) json.get("dataset"), DataSpec.class),
                Architectures.read(json.get("architecture")),
                readSchedule((ObjectNode) json.get("schedule")),
                json.get("seed").asLong());
    }

    private static Schedule readSchedule(ObjectNode json) {
        return RecordJson.read("schedule", json, Schedule.class);
    }

    /** Numbers and booleans as JSON has them, anything else as text. */
    private static JsonNode parse(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            return value.isNumber() || value.isBoolean() ? value : JsonNodeFactory.instance.textNode(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    @Override
    public String toString() {
        return recipe.name() + " on " + data.name();
    }
}
