package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The classes that samples and real images have in common: by name, or by index where the names are others but as many.
 */
record ClassPairs(List<Pair> pairs) {
    /** A class with its index on either side. */
    record Pair(String name, int sample, int real) {}

    static ClassPairs of(ImageSource samples, ImageSource real) {
        for (ImageSource images : List.of(samples, real)) {
            if (images.classNames().isEmpty()) {
                throw new InvalidRequestException(
                        "metrics", "scores of each class need labels, %s has none".formatted(images.name()));
            }
        }
        List<String> realNames = lower(real.classNames());
        List<String> names = lower(samples.classNames());
        boolean byName = realNames.containsAll(names);
        InvalidRequestException.check(
                byName || realNames.size() == names.size(),
                "metrics",
                "%s must have the classes of %s, %s".formatted(real.name(), samples.name(), samples.classNames()),
                real.classNames());
        List<Pair> pairs = new ArrayList<>();
        for (int label = 0; label < names.size(); label++) {
            pairs.add(new Pair(
                    samples.classNames().get(label), label, byName ? realNames.indexOf(names.get(label)) : label));
        }
        return new ClassPairs(pairs);
    }

    /** Whether all {@code names} are among {@code others}, in any case. */
    static boolean known(List<String> names, List<String> others) {
        return !names.isEmpty() && lower(others).containsAll(lower(names));
    }

    static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
