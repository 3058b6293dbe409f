package dev.ganzoo.zoo.run;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of things that belong to a step: {@code step-00000500}, eight digits so that names sort as steps do. */
public final class Steps {
    private static final Pattern NAME = Pattern.compile("step-(\\d{8,18})(.*)");

    private Steps() {}

    /** The name of what belongs to {@code step}, without an ending. */
    public static String name(long step) {
        if (step < 0) {
            throw new IllegalArgumentException("step must be ≥ 0, got " + step);
        }
        return "step-%08d".formatted(step);
    }

    /** The step in a name with this ending, or nothing if it is another kind of name. */
    public static OptionalLong parse(String name, String ending) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && matcher.group(2).equals(ending)
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }

    static String join(List<Long> steps) {
        return steps.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
