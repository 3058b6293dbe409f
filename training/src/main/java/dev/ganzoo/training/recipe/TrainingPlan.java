package dev.ganzoo.training.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.training.settings.Check;
import dev.ganzoo.zoo.architecture.Architectures;
import dev.ganzoo.zoo.architecture.Networks;
import dev.ganzoo.zoo.json.RecordJson;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A recipe with every hyperparameter resolved for given data: all that determines the weights of a run. Immutable; this
 * is {@code recipe.json}.
 *
 * @param recipe where objective and defaults come from
 * @param data what is trained on
 * @param networks what is trained
 * @param procedure how: losses, steps, batches and learning rates
 * @param seed of all randomness
 */
public record TrainingPlan(Recipe recipe, DataSpec data, Networks<?> networks, Procedure procedure, long seed) {
    private static final Set<String> SET_BY_DATA = Set.of("classes", "channels", "size");

    /** What other recipes or programs call a setting. */
    private static final Map<String, List<String>> NAMES_ELSEWHERE = Map.of(
            "width", List.of("ngf", "ndf"),
            "ngf", List.of("width"),
            "ndf", List.of("width"),
            "nz", List.of("latent"),
            "lr", List.of("learningRate", "generatorLearningRate", "discriminatorLearningRate"));

    /** @throws IllegalArgumentException if networks and procedure do not go together */
    public TrainingPlan {
        procedure.requireFit(networks, data.labels().size());
    }

    /** The recipe's own settings for this data. */
    public static TrainingPlan of(Recipe recipe, DataSpec data, long seed) {
        return new TrainingPlan(recipe, data, recipe.networks().apply(data), recipe.procedure(), seed);
    }

    /** The number of steps in all. */
    public long steps() {
        return procedure.steps(data.images());
    }

    /** How many steps see as many real images as there are. */
    public long stepsPerEpoch() {
        return procedure.stepsPerEpoch(data.images());
    }

    /** The height and width at which images must be loaded, or nothing if their own will do. */
    public OptionalInt imageSize() {
        return procedure.imageSize(networks);
    }

    /** Whether what was learned is measured on held-out data while the run goes on. */
    public boolean measuredOnTest() {
        return procedure.measuredOnTest(networks);
    }

    /**
     * This plan with some hyperparameters changed: fields of the architecture's spec or of the procedure's sections.
     *
     * @param settings values as text, by name; the items of a list are separated by commas
     * @throws IllegalArgumentException if a name is unknown (the message suggests the nearest), belongs to the data, a value
     *     is of the wrong type or out of range, or changes a setting that does nothing beside the others
     */
    public TrainingPlan with(Map<String, String> settings) {
        ObjectNode architecture = networks.toJson();
        Map<String, ObjectNode> sections = sections();
        settings.forEach((name, text) -> {
            if (SET_BY_DATA.contains(name)) {
                throw new IllegalArgumentException("%s must come from the data, got %s=%s".formatted(name, name, text));
            }
            ObjectNode place = Stream.concat(Stream.of(architecture), sections.values().stream())
                    .filter(section -> section.has(name) && !name.equals("name"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            Suggestions.unknown("setting", name, settings().keySet(), NAMES_ELSEWHERE)));
            place.set(name, SettingText.parse(text, place.get(name)));
        });
        TrainingPlan changed = new TrainingPlan(
                recipe, data, networks.architecture().read(architecture), procedure.with(sections::get), seed);
        changed.requireUse(settings());
        return changed;
    }

    /** Refuses settings that do nothing, but for those that are as they were. */
    private void requireUse(Map<String, String> before) {
        Map<String, String> now = settings();
        procedure
                .idle(networks, data)
                .forEach((name, message) -> Check.that(now.get(name).equals(before.get(name)), message, now.get(name)));
    }

    /** Every hyperparameter that {@link #with} knows and its value as text, those of the networks first. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        fields().forEach((name, value) -> settings.put(name, SettingText.of(value)));
        return settings;
    }

    /** The {@link #settings} as people are shown them. */
    public List<Hyperparameter> hyperparameters() {
        Map<String, List<String>> choices = procedure.choices();
        choices.putAll(RecordJson.choices(networks.spec().getClass()));
        return fields().entrySet().stream()
                .map(field -> new Hyperparameter(
                        field.getKey(),
                        SettingText.shown(field.getValue()),
                        SettingText.choices(field.getValue(), choices.getOrDefault(field.getKey(), List.of()))))
                .toList();
    }

    private Map<String, JsonNode> fields() {
        ObjectNode architecture = networks.toJson();
        architecture.remove("name");
        architecture.remove(SET_BY_DATA);
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        Stream.concat(Stream.of(architecture), sections().values().stream())
                .flatMap(section -> section.properties().stream())
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private Map<String, ObjectNode> sections() {
        Map<String, ObjectNode> sections = new LinkedHashMap<>();
        procedure.sections().forEach((name, section) -> sections.put(name, RecordJson.write(section)));
        return sections;
    }

    /** The plan as {@code recipe.json}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("recipe", recipe.name());
        json.put("objective", procedure.objective().name());
        json.put("seed", seed);
        json.set("dataset", RecordJson.write(data));
        json.set("architecture", networks.toJson());
        json.setAll(sections());
        return json;
    }

    /**
     * The plan that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if a part is missing or not understood, naming it
     */
    public static TrainingPlan fromJson(JsonNode json) {
        return fromJson(json, Recipes.book());
    }

    /**
     * The plan that {@link #toJson} wrote of one of these recipes.
     *
     * @throws IllegalArgumentException as {@link #fromJson(JsonNode)}
     */
    public static TrainingPlan fromJson(JsonNode json, RecipeBook recipes) {
        return fromJson(
                json,
                recipes.named(part(json, "recipe", JsonNode::isTextual, "text").textValue()));
    }

    /**
     * The plan that {@link #toJson} wrote of a recipe, which need not be registered.
     *
     * @throws IllegalArgumentException as {@link #fromJson(JsonNode)}, or if it is a plan of another recipe
     */
    public static TrainingPlan fromJson(JsonNode json, Recipe recipe) {
        requireSame("recipe", recipe.name(), "recipe.json", json);
        DataSpec data = RecordJson.read("dataset", object(json, "dataset"), DataSpec.class);
        Procedure procedure = recipe.procedure().with(section -> section(json, section, recipe));
        requireSame("objective", procedure.objective().name(), recipe.name() + " in recipe.json", json);
        return new TrainingPlan(
                recipe,
                data,
                networks(object(json, "architecture"), recipe, data),
                procedure,
                part(json, "seed", JsonNode::isIntegralNumber, "a whole number").longValue());
    }

    private static void requireSame(String part, String expected, String of, JsonNode json) {
        String found = part(json, part, JsonNode::isTextual, "text").textValue();
        if (!found.equals(expected)) {
            throw new IllegalArgumentException("%s of %s must be %s, got %s".formatted(part, of, expected, found));
        }
    }

    /** By the recipe's own architecture, which need not be registered, or by a registered one. */
    private static Networks<?> networks(ObjectNode json, Recipe recipe, DataSpec data) {
        return Architectures.read(json, List.of(recipe.networks().apply(data).architecture()));
    }

    /** A section that a run lacks, because it began before there was such a section, is as the recipe has it. */
    private static ObjectNode section(JsonNode json, String name, Recipe recipe) {
        return json.has(name) || name.equals("schedule")
                ? object(json, name)
                : RecordJson.write(recipe.procedure().sections().get(name));
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

    @Override
    public String toString() {
        return recipe.name() + " on " + data.name();
    }
}
