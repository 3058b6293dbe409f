package dev.ganzoo.zoo.graph.gradient;

import java.util.List;

/** A value that is to be differentiated reaches operations that have no gradient rule. */
public final class NoGradientException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> places;

    NoGradientException(List<String> places) {
        super("no gradient rule for " + String.join("; ", places));
        this.places = List.copyOf(places);
    }

    /** Each node without a rule, and the input that has none. */
    public List<String> places() {
        return places;
    }
}
