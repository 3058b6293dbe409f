package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.InvalidRequestException;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.text.ClassLookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Those images of a source that are of one class. */
record ChosenImages(ImageSource images, String className, int... indices) implements DerivedImages {
    static ChosenImages ofClass(ImageSource images, String name) {
        int label = label(images, name);
        int[] indices = IntStream.range(0, images.size())
                .filter(index -> images.label(index) == label)
                .toArray();
        InvalidRequestException.check(
                indices.length > 0, "class", "%s must have images of class \"%s\"".formatted(images.name(), name), 0);
        return new ChosenImages(images, images.classNames().get(label), indices);
    }

    /** The index of a class by its name, in any case, or by its index as text. */
    static int label(ImageSource images, String name) {
        List<String> names = images.classNames();
        if (names.isEmpty()) {
            throw new InvalidRequestException(
                    "class", "%s has no labels, so that no class can be chosen".formatted(images.name()));
        }
        return ClassLookup.index("class", name, names);
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public List<Picture> pictures(int from, int count) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            pictures.addAll(images.pictures(indices[i], 1));
        }
        return pictures;
    }

    @Override
    public int label(int index) {
        return images.label(indices[index]);
    }

    @Override
    public String fingerprint() throws IOException {
        return Sha256.of((images.fingerprint() + " of class " + className).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(images.facts());
        facts.put("classes", "only " + className);
        return facts;
    }
}
