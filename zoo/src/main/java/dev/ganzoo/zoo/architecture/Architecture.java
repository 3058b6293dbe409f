package dev.ganzoo.zoo.architecture;

import dev.ganzoo.zoo.graph.Graph;
import java.util.Objects;
import java.util.function.Function;

/**
 * A family of networks: functions from a spec, which holds the sizes and choices, to graphs. Immutable.
 *
 * @param <S> the spec, a record of numbers, booleans and enums
 */
public final class Architecture<S extends Record> {
    private final String name;
    private final Class<S> specType;
    private final Function<S, Graph> generator;
    private final Function<S, Graph> discriminator;

    /**
     * An architecture by its functions.
     *
     * @param name what recipes and run directories call it
     */
    public Architecture(
            String name, Class<S> specType, Function<S, Graph> generator, Function<S, Graph> discriminator) {
        this.name = Objects.requireNonNull(name, "name");
        this.specType = Objects.requireNonNull(specType, "specType");
        this.generator = Objects.requireNonNull(generator, "generator");
        this.discriminator = Objects.requireNonNull(discriminator, "discriminator");
    }

    /** What recipes and run directories call it, for example {@code residual}. */
    public String name() {
        return name;
    }

    /** The record that holds its sizes and choices. */
    public Class<S> specType() {
        return specType;
    }

    /** The networks of one spec. */
    public Networks<S> networks(S spec) {
        return new Networks<>(this, spec);
    }

    Graph generator(S spec) {
        return generator.apply(spec);
    }

    Graph discriminator(S spec) {
        return discriminator.apply(spec);
    }

    @Override
    public String toString() {
        return name;
    }
}
