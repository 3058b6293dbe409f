package dev.ganzoo.zoo.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ganzoo.zoo.text.Suggestions;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/** Cards to JSON and back. Unknown properties are refused: a misspelt one would be lost in silence. */
final class CardJson {
    private CardJson() {}

    static String write(ModelCard card) {
        try {
            return Holder.MAPPER.writeValueAsString(card) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("card of \"%s\" does not write as json".formatted(card.name()), e);
        }
    }

    /** Reads a card; {@code where} begins the message if that fails. */
    static ModelCard read(byte[] json, String where) {
        try {
            JsonNode tree = Holder.MAPPER.readTree(json);
            int format = tree.path("format").asInt(0);
            if (format != ModelCard.FORMAT) {
                throw new InvalidModelException("%s: format must be %d, got %s"
                        .formatted(where, ModelCard.FORMAT, tree.path("format").asText("none")));
            }
            return Holder.MAPPER.treeToValue(tree, ModelCard.class);
        } catch (UnrecognizedPropertyException e) {
            Collection<String> known =
                    e.getKnownPropertyIds().stream().map(Object::toString).collect(Collectors.toList());
            throw new InvalidModelException(
                    where + ": " + Suggestions.unknown("property", e.getPropertyName(), known), e);
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
            String reason = cause == e ? e.getPathReference() + ": " + e.getOriginalMessage() : cause.getMessage();
            throw new InvalidModelException(where + ": " + reason, e);
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(
                    "%s: not json at line %d: %s"
                            .formatted(where, e.getLocation().getLineNr(), e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new InvalidModelException(where + ": " + e.getMessage(), e);
        }
    }

    /** Made when first used: building the mapper costs more than all the rest of listing models. */
    private static final class Holder {
        private static final ObjectMapper MAPPER = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .build();
    }
}
