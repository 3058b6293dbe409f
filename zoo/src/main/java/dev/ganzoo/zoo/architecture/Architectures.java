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
    /** The residual networks of SNGAN and what was built upon them: {@link ResidualGan}. */
    public static final Architecture<ResidualGan.Spec> RESIDUAL =
            new Architecture<>("residual", ResidualGan.Spec.class, ResidualGan::generator, ResidualGan::discriminator);

    /** BigGAN: {@link BigGan}. */
    public static final Architecture<BigGan.Spec> BIGGAN =
            new Architecture<>("biggan", BigGan.Spec.class, BigGan::generator, BigGan::discriminator);

    /** DCGAN: {@link Dcgan}. */
    public static final Architecture<Dcgan.Spec> DCGAN =
            new Architecture<>("dcgan", Dcgan.Spec.class, Dcgan::generator, Dcgan::discriminator);

    /** A conditional DCGAN: {@link ConditionalDcgan}. */
    public static final Architecture<ConditionalDcgan.Spec> CONDITIONAL_DCGAN = new Architecture<>(
            "conditional-dcgan",
            ConditionalDcgan.Spec.class,
            ConditionalDcgan::generator,
            ConditionalDcgan::discriminator);

    /** A generator, and a critic that classifies: {@link AuxiliaryGan}. */
    public static final Architecture<AuxiliaryGan.Spec> AUXILIARY = new Architecture<>(
            "auxiliary", AuxiliaryGan.Spec.class, AuxiliaryGan::generator, AuxiliaryGan::discriminator);

    /** A generator, and a discriminator that learns classes from few labels: {@link SemiSupervisedGan}. */
    public static final Architecture<SemiSupervisedGan.Spec> SEMI_SUPERVISED = new Architecture<>(
            "semi-supervised",
            SemiSupervisedGan.Spec.class,
            SemiSupervisedGan::generator,
            SemiSupervisedGan::discriminator);

    /** The classifier of eight convolutions with layer norm: {@link EightConvolutions}. */
    public static final Architecture<EightConvolutions.Spec> EIGHT_CONVOLUTIONS = Architecture.ofClassifier(
            "eight-convolutions", EightConvolutions.Spec.class, EightConvolutions::classifier);

    /** The classifier of three convolutions with batch norm: {@link ThreeConvolutions}. */
    public static final Architecture<ThreeConvolutions.Spec> THREE_CONVOLUTIONS = Architecture.ofClassifier(
            "three-convolutions", ThreeConvolutions.Spec.class, ThreeConvolutions::classifier);

    private static final Map<String, Architecture<?>> ALL = byName(List.of(
            RESIDUAL,
            BIGGAN,
            DCGAN,
            CONDITIONAL_DCGAN,
            AUXILIARY,
            SEMI_SUPERVISED,
            EIGHT_CONVOLUTIONS,
            THREE_CONVOLUTIONS));

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
        return read(json, List.of());
    }

    /**
     * The same, with {@code others} known besides those that are registered, and before them.
     *
     * @throws IllegalArgumentException as {@link #read(JsonNode)}
     */
    public static Networks<?> read(JsonNode json, List<Architecture<?>> others) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("architecture must be an object, got " + json);
        }
        if (!json.path("name").isTextual()) {
            throw new IllegalArgumentException("architecture must have a name, got " + json);
        }
        String name = json.get("name").textValue();
        Architecture<?> architecture = others.stream()
                .filter(other -> other.name().equals(name))
                .<Architecture<?>>map(other -> other)
                .findFirst()
                .orElseGet(() -> named(name));
        return architecture.read((ObjectNode) json);
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
