package dev.ganzoo.zoo.architecture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.json.RecordJson;
import java.util.Objects;

/**
 * The networks of an architecture at one spec; {@link Architectures#read} gives them back from {@link #toJson}.
 *
 * @param architecture the family
 * @param spec its sizes and choices
 */
public record Networks<S extends Record>(Architecture<S> architecture, S spec) {
    /** Networks of a spec that is there. */
    public Networks {
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(spec, "spec");
    }

    /** A new graph of the generator. */
    public Graph generator() {
        return architecture.generator(spec);
    }

    /** A new graph of the discriminator. */
    public Graph discriminator() {
        return architecture.discriminator(spec);
    }

    /** The architecture's {@code name}, then every field of the spec; enums in lower case. */
    public ObjectNode toJson() {
        ObjectNode json = RecordJson.write(spec);
        ObjectNode named = json.objectNode().put("name", architecture.name());
        return named.setAll(json);
    }
}
