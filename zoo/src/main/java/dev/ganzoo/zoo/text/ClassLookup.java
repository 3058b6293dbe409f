package dev.ganzoo.zoo.text;

import dev.ganzoo.zoo.InvalidRequestException;
import java.util.List;

/** Classes as people write them: by name, in any case, or by index. All methods are pure functions. */
public final class ClassLookup {
    private ClassLookup() {}

    /**
     * The index of a class.
     *
     * @param option what the error is about, if there is one: {@code "target"}
     * @param text a name, in any case, or an index from 0
     * @throws InvalidRequestException if there is no such class; suggests the nearest name
     */
    public static int index(String option, String text, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(text)) {
                return i;
            }
        }
        if (text.matches("-?\\d{1,9}")) {
            int index = Integer.parseInt(text);
            check(option, new int[] {index}, names.size());
            return index;
        }
        throw new InvalidRequestException(option, Suggestions.unknown("class", text, names));
    }

    /** @throws InvalidRequestException if one of these indices is not in 0..{@code count} - 1 */
    public static void check(String option, int[] indices, int count) {
        for (int index : indices) {
            InvalidRequestException.check(
                    index >= 0 && index < count, option, "%s must be in 0..%d".formatted(option, count - 1), index);
        }
    }
}
