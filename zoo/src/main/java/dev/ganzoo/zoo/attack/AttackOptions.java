package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.text.Suggestions;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The options of attacks by name: the components of their records. All methods are pure functions. */
public final class AttackOptions {
    private AttackOptions() {}

    /** The names of an attack's options, in order: {@code norm}, {@code epsilon}, {@code steps}, … */
    public static List<String> names(Attack attack) {
        return Arrays.stream(components(attack)).map(RecordComponent::getName).toList();
    }

    /** The names of all options that some of the attacks have. */
    static List<String> names(List<Attack> attacks) {
        return attacks.stream()
                .flatMap(attack -> names(attack).stream())
                .distinct()
                .toList();
    }

    /** An attack's options with their values as text; ε and steps as {@code 8/255}, those left open left out. */
    public static Map<String, String> values(Attack attack) {
        Map<String, String> values = new LinkedHashMap<>();
        for (RecordComponent component : components(attack)) {
            Object value = value(attack, component);
            if (value instanceof OptionalDouble amount) {
                amount.ifPresent(given -> values.put(component.getName(), Amounts.describe(given)));
            } else {
                values.put(component.getName(), String.valueOf(value));
            }
        }
        return values;
    }

    /** An attack as people read it: {@code pgd (norm linf, epsilon 8/255, steps 20)}. */
    public static String describe(Attack attack) {
        Map<String, String> values = values(attack);
        return values.isEmpty()
                ? attack.name()
                : values.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", attack.name() + " (", ")"));
    }

    /** Whether the attack has such an option. */
    public static boolean has(Attack attack, String option) {
        return names(attack).contains(option);
    }

    /**
     * The attack with one option changed.
     *
     * @param value of the option's type, or as text
     * @throws InvalidRequestException if the attack has no such option, or it cannot have this value
     */
    public static Attack with(Attack attack, String option, Object value) {
        RecordComponent[] components = components(attack);
        if (!has(attack, option)) {
            throw new InvalidRequestException(
                    option,
                    "attack \"%s\": %s".formatted(attack.name(), Suggestions.unknown("option", option, names(attack))));
        }
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getName().equals(option)
                    ? converted(option, components[i].getType(), value)
                    : value(attack, components[i]);
        }
        return construct(attack, components, values);
    }

    private static Attack construct(Attack attack, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<? extends Attack> constructor = attack.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot construct attack " + attack.name(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("attack %s must be a public record".formatted(attack.name()), e);
        }
    }

    private static Object converted(String option, Class<?> type, Object value) {
        if (value instanceof String text) {
            return parsed(option, type, text);
        }
        if (value instanceof Number number && type == OptionalDouble.class) {
            return OptionalDouble.of(number.doubleValue());
        }
        if (value instanceof Number number && type == double.class) {
            return number.doubleValue();
        }
        if (value instanceof Number number && type == int.class && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        if (type.isInstance(value) || value instanceof Boolean && type == boolean.class) {
            return value;
        }
        throw notOfType(option, type, value);
    }

    private static Object parsed(String option, Class<?> type, String text) {
        if (type == OptionalDouble.class) {
            return OptionalDouble.of(Amounts.parse(option, text));
        }
        if (type == double.class) {
            return Amounts.parse(option, text);
        }
        if (type == int.class && text.matches("-?\\d{1,9}")) {
            return Integer.parseInt(text);
        }
        if (type == boolean.class && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.parseBoolean(text);
        }
        if (type == Norm.class) {
            return Norm.parse(text);
        }
        if (type == Loss.class) {
            return Loss.parse(text);
        }
        throw notOfType(option, type, text);
    }

    private static InvalidRequestException notOfType(String option, Class<?> type, Object value) {
        String wanted = type == int.class
                ? "a whole number"
                : type == boolean.class ? "true or false" : type == double.class ? "a number" : type.getSimpleName();
        return new InvalidRequestException(option, "%s must be %s, got %s".formatted(option, wanted, value));
    }

    private static RecordComponent[] components(Attack attack) {
        RecordComponent[] components = attack.getClass().getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    private static Object value(Attack attack, RecordComponent component) {
        try {
            return component.getAccessor().invoke(attack);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("attack %s must be a public record".formatted(attack.name()), e);
        }
    }
}
