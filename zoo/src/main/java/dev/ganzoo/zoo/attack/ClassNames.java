package dev.ganzoo.zoo.attack;

import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.text.ClassLookup;
import java.util.Arrays;
import java.util.List;

/** The classes of a dataset among those of a network. */
final class ClassNames {
    private ClassNames() {}

    /** Whether each of {@code some} is one of {@code all}, in any case. */
    static boolean areAmong(List<String> some, List<String> all) {
        return some.stream().allMatch(name -> all.stream().anyMatch(name::equalsIgnoreCase));
    }

    /** Labels of a dataset's images as those of a network: by name where it knows all of its classes, else by index. */
    static int[] labels(Dataset dataset, int[] indices, List<String> classNames) {
        int[] labels = dataset.labels(indices);
        return areAmong(dataset.classNames(), classNames)
                ? Arrays.stream(labels)
                        .map(label ->
                                ClassLookup.index("label", dataset.classNames().get(label), classNames))
                        .toArray()
                : labels;
    }
}
