package dev.ganzoo.zoo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A dataset by name, not yet loaded. Immutable and safe for use by several threads. */
public sealed interface DatasetLoader permits PublishedDataset, ImageFolder, OwnDataset {
    /**
     * A training set that a program makes by itself: there are no files, and no test split.
     *
     * @param images gives the images whenever they are needed, always the same
     */
    static DatasetLoader of(String name, Supplier<Dataset> images) {
        return new OwnDataset(name, images);
    }

    /** The name that {@link Datasets#named} knows it by. */
    String name();

    /** One line for people: what it shows, how much, by whom. */
    String description();

    /** Whether it has images of this split; looks at folders, downloads nothing. */
    boolean has(Split split);

    /** The folder where it lies complete on this machine, if it does; downloads nothing and checks no content. */
    Optional<Path> find(LoadOptions options);

    /**
     * Makes sure that all its files are on this machine and whole, downloading what is missing where that is allowed.
     *
     * @return the folder that holds them
     * @throws IllegalArgumentException if it has no files
     * @throws IOException if a file is missing, cut short or altered, or the download fails
     */
    Path fetch(LoadOptions options) throws IOException;

    /**
     * Loads one split into memory; see {@link #fetch} for what it does where files are missing.
     *
     * @throws IOException if there is no such split, a file is missing, cut short or altered, or the download fails
     */
    Dataset load(Split split, LoadOptions options) throws IOException;
}
