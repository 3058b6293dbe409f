package dev.ganzoo.zoo.json;

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
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Records of settings as JSON, strictly: every field present but those with a {@link Default}, none unknown, each of its
 * own type.
 */
public final class RecordJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private RecordJson() {}

    /** An object with every component of {@code settings}; enums in lower case. */
    public static ObjectNode write(Record settings) {
        return JSON.valueToTree(settings);
    }

    /**
     * The record that {@link #write} wrote.
     *
     * @param what the record's kind in messages, for example {@code architecture residual}
     * @throws IllegalArgumentException if a field is unknown, missing or of the wrong type, or the record refuses its
     *     values; the message names the field
     */
    public static <S extends Record> S read(String what, ObjectNode fields, Class<S> type) {
        ObjectNode all = withDefaults(fields, type);
        checkNames(what, all, type);
        checkRanges(all, type);
        try {
            return JSON.treeToValue(all, type);
        } catch (ValueInstantiationException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (MismatchedInputException e) {
            throw new IllegalArgumentException(describe(e, all), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s: %s".formatted(what, e.getOriginalMessage()), e);
        }
    }

    /**
     * The values that components have to choose from, by their names: constants of an enum as {@link #write} writes them, true
     * and false. Of a list, the values of its items. Components of other types are left out.
     */
    public static Map<String, List<String>> choices(Class<? extends Record> type) {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            List<String> values = values(component.getGenericType());
            if (!values.isEmpty()) {
                choices.put(component.getName(), values);
            }
        }
        return choices;
    }

    private static List<String> values(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return values(list.getActualTypeArguments()[0]);
        }
        if (type == boolean.class) {
            return List.of("true", "false");
        }
        return type instanceof Class<?> plain && plain.isEnum()
                ? Arrays.stream(plain.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
    }

    private static ObjectNode withDefaults(ObjectNode fields, Class<? extends Record> type) {
        ObjectNode all = fields.deepCopy();
        for (RecordComponent component : type.getRecordComponents()) {
            Default otherwise = component.getAnnotation(Default.class);
            if (otherwise != null && !all.has(component.getName())) {
                all.set(component.getName(), parse(otherwise.value()));
            }
        }
        return all;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + json, e);
        }
    }

    private static void checkNames(String what, ObjectNode fields, Class<? extends Record> type) {
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (Iterator<String> given = fields.fieldNames(); given.hasNext(); ) {
            String field = given.next();
            if (!known.contains(field)) {
                throw new IllegalArgumentException(Suggestions.unknown("field of " + what, field, known));
            }
        }
        List<String> missing =
                known.stream().filter(field -> !fields.hasNonNull(field)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("%s must have %s".formatted(what, String.join(", ", missing)));
        }
    }

    /** Jackson's own message for such numbers does not name the field. */
    private static void checkRanges(ObjectNode fields, Class<? extends Record> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode value = fields.get(component.getName());
            if (component.getType() == int.class && value.isIntegralNumber() && !value.canConvertToInt()) {
                throw new IllegalArgumentException("%s must be in [%d, %d], got %s"
                        .formatted(component.getName(), Integer.MIN_VALUE, Integer.MAX_VALUE, value));
            }
        }
    }

    private static String describe(MismatchedInputException problem, ObjectNode fields) {
        List<JsonMappingException.Reference> path = problem.getPath();
        String field = path.get(0).getFieldName();
        boolean inList = path.size() > 1 && path.get(1).getFieldName() == null;
        String expected = expected(problem.getTargetType());
        return "%s must be %s, got %s"
                .formatted(field, inList ? "a list, each " + expected : expected, fields.get(field));
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return values(type).stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(" or "));
        }
        if (type == boolean.class) {
            return "true or false";
        }
        return type == int.class || type == Integer.class ? "a whole number" : "a number";
    }
}
