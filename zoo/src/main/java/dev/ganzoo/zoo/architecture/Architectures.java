package dev.ganzoo.zoo.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every architecture there is, by name. */
public final class Architectures {
    /** The residual networks of SNGAN-projection: {@link ResidualGan}. */
    public static final Architecture<ResidualGan.Spec> RESIDUAL =
            new Architecture<>("residual", ResidualGan.Spec.class, ResidualGan::generator, ResidualGan::discriminator);

    /** The classifier of eight convolutions with layer norm: {@link EightConvolutions}. */
    public static final Architecture<EightConvolutions.Spec> EIGHT_CONVOLUTIONS = Architecture.ofClassifier(
            "eight-convolutions", EightConvolutions.Spec.class, EightConvolutions::classifier);

    private static final Map<String, Architecture<?>> ALL = byName(List.of(RESIDUAL, EIGHT_CONVOLUTIONS));

    private Architectures() {}

    /** All architectures, in the order of their registration. */
    public static List<Architecture<?>> all() {
        return List.copyOf(ALL.values());
    }

    /**
     * The architecture of this name.
     *
     * @throws IllegalArgumentException if there is none; the message suggests the nearest
     */
    public static Architecture<?> named(String name) {
        Architecture<?> found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException(Suggestions.unknown("architecture", name, ALL.keySet()));
        }
        return found;
    }

    /**
     * The networks that {@link Networks#toJson} describes: an object with the architecture's {@code name} and every field
     * of its spec.
     *
     * @throws IllegalArgumentException if the architecture or a field is unknown, or a field is missing or has a wrong
     *     value; the message names it
     */
    public static Networks<?> read(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("architecture must be an object, got " + json);
        }
        if (!json.path("name").isTextual()) {
            throw new IllegalArgumentException("architecture must have a name, got " + json);
        }
        return named(json.get("name").textValue()).read((ObjectNode) json);
    }

    private static Map<String, Architecture<?>> byName(List<Architecture<?>> architectures) {
        Map<String, Architecture<?>> byName = new LinkedHashMap<>();
        for (Architecture<?> architecture : architectures) {
            if (byName.put(architecture.name(), architecture) != null) {
                throw new IllegalStateException("architecture \"%s\" is registered twice".formatted(architecture));
            }
        }
        return Collections.unmodifiableMap(byName);
    }
}
