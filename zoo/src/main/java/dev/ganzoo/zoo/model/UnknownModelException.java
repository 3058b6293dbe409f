package dev.ganzoo.zoo.model;

import dev.ganzoo.zoo.text.Suggestions;
import java.util.Collection;
import java.util.List;

/** No model has the name asked for; the message suggests the nearest one that there is. */
public final class UnknownModelException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<String> known;

    UnknownModelException(String name, Collection<String> known) {
        super(Suggestions.unknown("model", name, known));
        this.known = List.copyOf(known);
    }

    /** The names that there are. */
    public List<String> known() {
        return known == null ? List.of() : known;
    }
}
