package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.DatasetLoader;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.latent.Truncation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images in an order, given in pieces so that never all are in memory. Implementations are immutable; the same index
 * always gives the same image.
 */
public interface ImageSource {
    /** What these images are, for protocols: {@code cifar10 train}. */
    String name();

    /** How many there are; {@link Integer#MAX_VALUE} where there is no end. */
    int size();

    /**
     * Some of the images.
     *
     * @param from the index of the first, from 0
     * @param count how many, at least 1
     * @throws IOException if a file does not read; the message names it
     */
    List<Picture> pictures(int from, int count) throws IOException;

    /** The names of the classes; empty if the images have no labels. */
    List<String> classNames();

    /** The class of an image, as an index into {@link #classNames}; -1 if it has none. */
    int label(int index);

    /** The SHA-256 of what the images depend on: their content, or the network that makes them. */
    String fingerprint() throws IOException;

    /** What else a protocol has to say of these images, by name. */
    default Map<String, String> facts() {
        return Map.of();
    }

    /** The images of one class, in their order. */
    default ImageSource ofClass(String name) {
        return ChosenImages.ofClass(this, name);
    }

    /** The images as a generator of that shape would have learned them: the middle of each, resampled where need be. */
    default ImageSource fitted(ImageShape shape) {
        return new FittedImages(this, shape);
    }

    /** The shape of all images, if it is known without looking at them. */
    default Optional<ImageShape> shape() {
        return Optional.empty();
    }

    /** The images of a dataset. */
    static ImageSource of(Dataset dataset) {
        return new DatasetImages(dataset);
    }

    /** All that a generator makes from a seed, of its classes in turn, truncated as its card says by default. */
    static ImageSource of(Generator generator, long seed) {
        return GeneratedImages.of(generator).seed(seed);
    }

    /** As {@link #of(Generator, long)}, truncated as said. */
    static ImageSource of(Generator generator, long seed, Truncation truncation) {
        return GeneratedImages.of(generator).seed(seed).truncation(truncation);
    }

    /**
     * The images in a folder, at any depth, in the order of their paths. Where all lie in subfolders, these are the
     * classes.
     *
     * @throws IOException if the folder cannot be listed, or has no image
     */
    static ImageSource folder(Path folder) throws IOException {
        return FolderImages.of(folder);
    }

    /**
     * A dataset by its name, with or without a split, {@code cifar10:test} (otherwise {@code train}), or the images of a
     * folder.
     *
     * @throws IllegalArgumentException if it is neither; the message suggests the nearest name
     * @throws IOException if a file is missing, cut short or altered, or the download fails
     */
    static ImageSource named(String nameOrFolder) throws IOException {
        return named(nameOrFolder, LoadOptions.defaults());
    }

    /** As {@link #named(String)}, a dataset loaded with options. */
    static ImageSource named(String nameOrFolder, LoadOptions options) throws IOException {
        return named(nameOrFolder, options, List.of());
    }

    /** As {@link #named(String, LoadOptions)}, where a program has datasets of its own. */
    static ImageSource named(String nameOrFolder, LoadOptions options, List<DatasetLoader> own) throws IOException {
        return NamedImages.find(nameOrFolder, options, own);
    }
}
