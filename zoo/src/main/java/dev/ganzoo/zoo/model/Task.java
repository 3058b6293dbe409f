package dev.ganzoo.zoo.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a model does. */
public enum Task {
    /** Makes images from latents. */
    GENERATOR,
    /** Names what is in an image. */
    CLASSIFIER;

    /** {@code generator} or {@code classifier}, as in the card. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
