package dev.ganzoo.zoo.architecture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.json.RecordJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, Function<S, Graph>> graphs;

    /**
     * An architecture of a generator and a discriminator.
     *
     * @param name what recipes and run directories call it
     */
    public Architecture(
            String name, Class<S> specType, Function<S, Graph> generator, Function<S, Graph> discriminator) {
        this(name, specType, ordered(Networks.GENERATOR, generator, Networks.DISCRIMINATOR, discriminator));
    }

    private Architecture(String name, Class<S> specType, Map<String, Function<S, Graph>> graphs) {
        this.name = Objects.requireNonNull(name, "name");
        this.specType = Objects.requireNonNull(specType, "specType");
        this.graphs = graphs;
    }

    /**
     * An architecture of one classifier.
     *
     * @param name what recipes and run directories call it
     */
    public static <S extends Record> Architecture<S> ofClassifier(
            String name, Class<S> specType, Function<S, Graph> classifier) {
        return new Architecture<>(name, specType, Map.of(Networks.CLASSIFIER, classifier));
    }

    private static <S> Map<String, Function<S, Graph>> ordered(
            String first, Function<S, Graph> firstGraph, String second, Function<S, Graph> secondGraph) {
        Map<String, Function<S, Graph>> graphs = new LinkedHashMap<>();
        graphs.put(first, Objects.requireNonNull(firstGraph, first));
        graphs.put(second, Objects.requireNonNull(secondGraph, second));
        return graphs;
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

    /**
     * The networks that {@link Networks#toJson} describes, whatever architecture they name.
     *
     * @throws IllegalArgumentException if a field is unknown, missing or has a wrong value; the message names it
     */
    public Networks<S> read(ObjectNode json) {
        ObjectNode fields = json.deepCopy();
        fields.remove("name");
        return networks(RecordJson.read("architecture " + name, fields, specType));
    }

    /** @throws IllegalArgumentException if networks of this architecture have no such part */
    Graph graph(String part, S spec) {
        Function<S, Graph> function = graphs.get(part);
        if (function == null) {
            throw new IllegalArgumentException(
                    "architecture %s must have a %s, has %s".formatted(name, part, String.join(", ", graphs.keySet())));
        }
        return function.apply(spec);
    }

    boolean has(String part) {
        return graphs.containsKey(part);
    }

    List<Graph> graphs(S spec) {
        return graphs.values().stream().map(function -> function.apply(spec)).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
