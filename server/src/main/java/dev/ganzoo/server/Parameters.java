package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.text.Suggestions;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query parameters of a request, none unknown and none twice; otherwise a {@link Problem} names it. */
final class Parameters {
    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    static Parameters of(Context ctx, String... known) {
        Map<String, List<String>> values = ctx.queryParamMap();
        values.forEach((name, given) -> {
            if (!List.of(known).contains(name)) {
                throw new Problem(
                        Type.UNKNOWN_PARAMETER, name, Suggestions.unknown("query parameter", name, List.of(known)));
            }
            if (given.size() > 1) {
                throw new Problem(Type.INVALID_VALUE, name, name + " must be given once, got " + given);
            }
        });
        return new Parameters(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(given -> given.get(0));
    }

    Optional<Truncation> truncation(String name) {
        return text(name).map(text -> Fields.truncation(name, text));
    }

    Optional<Long> whole(String name) {
        return text(name).map(text -> whole(name, text));
    }

    Optional<Integer> integer(String name) {
        return whole(name).map(value -> {
            if (value != value.intValue()) {
                throw new Problem(
                        Type.INVALID_VALUE,
                        name,
                        "%s must be a whole number of 32 bits, got %d".formatted(name, value));
            }
            return value.intValue();
        });
    }

    /** @param name of the parameter with this text */
    static long whole(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Problem(
                    Type.INVALID_VALUE, name, "%s must be a whole number of 64 bits, got \"%s\"".formatted(name, text));
        }
    }
}
