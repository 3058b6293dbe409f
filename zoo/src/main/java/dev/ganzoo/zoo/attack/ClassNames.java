package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.text.Suggestions;
import java.util.Arrays;
import java.util.List;

/** Class names to indices. */
final class ClassNames {
    private ClassNames() {}

    /** The index of a class given by name, in any case, or by index. */
    static int index(String option, String text, List<String> classNames) {
        for (int i = 0; i < classNames.size(); i++) {
            if (classNames.get(i).equalsIgnoreCase(text)) {
                return i;
            }
        }
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) < classNames.size()) {
            return Integer.parseInt(text);
        }
        throw new InvalidRequestException(option, Suggestions.unknown("class", text, classNames));
    }

    /** Whether each of {@code some} is one of {@code all}, in any case. */
    static boolean areAmong(List<String> some, List<String> all) {
        return some.stream().allMatch(name -> all.stream().anyMatch(name::equalsIgnoreCase));
    }

    /** Labels of a dataset's images as those of a network: by name where it knows all of its classes, else by index. */
    static int[] labels(Dataset dataset, int[] indices, List<String> classNames) {
        int[] labels = dataset.labels(indices);
        return areAmong(dataset.classNames(), classNames)
                ? Arrays.stream(labels)
                        .map(label -> index("label", dataset.classNames().get(label), classNames))
                        .toArray()
                : labels;
    }

    static void check(String option, int[] classes, int count) {
        for (int index : classes) {
            InvalidRequestException.check(
                    index >= 0 && index < count, option, "%s must be in 0..%d".formatted(option, count - 1), index);
        }
    }
}
