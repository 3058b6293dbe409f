package dev.ganzoo.zoo.architecture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.text.Suggestions;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Specs as JSON, strictly: every field present, none unknown, each of its own type. */
final class SpecJson {
    private static final String NAME = "name";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private SpecJson() {}

    static ObjectNode write(String name, Record spec) {
        ObjectNode json = JSON.createObjectNode().put(NAME, name);
        json.setAll((ObjectNode) JSON.valueToTree(spec));
        return json;
    }

    static <S extends Record> S read(String name, JsonNode json, Class<S> type) {
        ObjectNode fields = json.deepCopy();
        fields.remove(NAME);
        checkNames(name, fields, type);
        try {
            return JSON.treeToValue(fields, type);
        } catch (ValueInstantiationException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (MismatchedInputException e) {
            throw new IllegalArgumentException(describe(e, fields), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("architecture %s: %s".formatted(name, e.getOriginalMessage()), e);
        }
    }

    private static void checkNames(String name, ObjectNode fields, Class<? extends Record> type) {
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (Iterator<String> given = fields.fieldNames(); given.hasNext(); ) {
            String field = given.next();
            if (!known.contains(field)) {
                throw new IllegalArgumentException(Suggestions.unknown("field of architecture " + name, field, known));
            }
        }
        List<String> missing =
                known.stream().filter(field -> !fields.hasNonNull(field)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "architecture %s must have %s".formatted(name, String.join(", ", missing)));
        }
    }

    private static String describe(MismatchedInputException problem, ObjectNode fields) {
        String field = problem.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .collect(Collectors.joining("."));
        return "%s must be %s, got %s".formatted(field, expected(problem.getTargetType()), fields.get(field));
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "\"" + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT) + "\"")
                    .collect(Collectors.joining(" or "));
        }
        if (type == boolean.class) {
            return "true or false";
        }
        return type == int.class ? "a whole number" : "a number";
    }
}
