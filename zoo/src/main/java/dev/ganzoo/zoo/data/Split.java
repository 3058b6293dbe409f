package dev.ganzoo.zoo.data;

import java.util.Locale;

/** A part of a dataset. */
public enum Split {
    /** What a model is trained on. */
    TRAIN,
    /** What is held out to measure a model. */
    TEST;

    /** The name in lower case, as in folder names and messages: {@code train}, {@code test}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
