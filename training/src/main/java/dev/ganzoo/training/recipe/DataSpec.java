package dev.ganzoo.training.recipe;

import dev.ganzoo.zoo.data.Dataset;
import java.util.Collections;
import java.util.List;

/**
 * What a recipe needs to know of its data, and what a resumed run must find again.
 *
 * @param name the dataset's name, or the folder of images
 * @param labels the class names, in the order of their numbers
 * @param channels 1 for grey, 3 for RGB
 * @param size height and width in pixels
 * @param images how many there are
 * @param fingerprint SHA-256 of pixels and labels, in hexadecimal
 */
public record DataSpec(String name, List<String> labels, int channels, int size, int images, String fingerprint) {
    /** Ten nameless classes of 32×32 RGB images, by which to show a recipe or check settings before there are data. */
    public static final DataSpec LIKE_CIFAR10 = example(3, 32);

    /** Ten nameless classes of 28×28 grey images, for the same. */
    public static final DataSpec LIKE_MNIST = example(1, 28);

    /** Copies the labels. */
    public DataSpec {
        labels = List.copyOf(labels);
    }

    private static DataSpec example(int channels, int size) {
        return new DataSpec("", Collections.nCopies(10, ""), channels, size, 0, "");
    }

    /** The same images of another height and width. */
    public DataSpec sized(int newSize) {
        return new DataSpec(name, labels, channels, newSize, images, fingerprint);
    }

    /** For example {@code 10 classes of 32×32 RGB images}. */
    public String describe() {
        return "%d classes of %d×%d %s images".formatted(labels.size(), size, size, channels == 1 ? "grey" : "RGB");
    }

    /** The spec of a dataset at hand, which {@code name} will find again. */
    public static DataSpec of(String name, Dataset dataset) {
        return new DataSpec(
                name,
                dataset.classNames(),
                dataset.channels(),
                dataset.height(),
                dataset.size(),
                dataset.fingerprint());
    }
}
