package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.json.RecordJson;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
        Recipe recipe =
                Recipes.named(part(json, "recipe", JsonNode::isTextual, "text").textValue());
        String objective = part(json, "objective", JsonNode::isTextual, "text").textValue();
        if (!objective.equals(recipe.objective().name())) {
            throw new IllegalArgumentException("objective of %s in recipe.json must be %s, got %s"
                    .formatted(recipe.name(), recipe.objective().name(), objective));
        }
        return new TrainingPlan(
                recipe,
                RecordJson.read("dataset", object(json, "dataset"), DataSpec.class),
                Architectures.read(object(json, "architecture")),
                readSchedule(object(json, "schedule")),
                part(json, "seed", JsonNode::isIntegralNumber, "a whole number").longValue());
    }

    private static ObjectNode object(JsonNode json, String name) {
        return (ObjectNode) part(json, name, JsonNode::isObject, "an object");
    }

    private static JsonNode part(JsonNode json, String name, Predicate<JsonNode> isRight, String kind) {
        JsonNode part = json.path(name);
        if (!isRight.test(part)) {
            throw new IllegalArgumentException("\"%s\" in recipe.json must be %s, got %s"
                    .formatted(name, kind, part.isMissingNode() ? "nothing" : part));
        }
        return part;
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
