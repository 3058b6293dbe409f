package dev.ganzoo.zoo.architecture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.json.RecordJson;
import java.util.List;
import java.util.Objects;

/**
 * The networks of an architecture at one spec; {@link Architectures#read} gives them back from {@link #toJson}.
 *
 * @param architecture the family
 * @param spec its sizes and choices
 */
public record Networks<S extends Record>(Architecture<S> architecture, S spec) {
    static final String GENERATOR = "generator";
    static final String DISCRIMINATOR = "discriminator";
    static final String CLASSIFIER = "classifier";

    /** Networks of a spec that is there. */
    public Networks {
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(spec, "spec");
    }

    /**
     * A new graph of the generator.
     *
     * @throws IllegalArgumentException if the architecture has none
     */
    public Graph generator() {
        return architecture.graph(GENERATOR, spec);
    }

    /**
     * A new graph of the discriminator.
     *
     * @throws IllegalArgumentException if the architecture has none
     */
    public Graph discriminator() {
        return architecture.graph(DISCRIMINATOR, spec);
    }

    /**
     * A new graph of the classifier: {@code image} (N, C, H, W) in [−1, 1] → {@code logits} (N, classes).
     *
     * @throws IllegalArgumentException if the architecture has none
     */
    public Graph classifier() {
        return architecture.graph(CLASSIFIER, spec);
    }

    /** Whether there is a {@link #classifier}. */
    public boolean hasClassifier() {
        return architecture.has(CLASSIFIER);
    }

    /** New graphs of all that the architecture has. */
    public List<Graph> graphs() {
        return architecture.graphs(spec);
    }

    /** The architecture's {@code name}, then every field of the spec; enums in lower case. */
    public ObjectNode toJson() {
        ObjectNode json = RecordJson.write(spec);
        ObjectNode named = json.objectNode().put("name", architecture.name());
        return named.setAll(json);
    }
}
