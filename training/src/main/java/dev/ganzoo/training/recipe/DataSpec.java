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
    public static final DataSpec EXAMPLE = new DataSpec("", Collections.nCopies(10, ""), 3, 32, 0, "");

    /** Copies the labels. */
    public DataSpec {
        labels = List.copyOf(labels);
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
