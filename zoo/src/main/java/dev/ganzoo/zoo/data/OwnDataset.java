package dev.ganzoo.zoo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A training set that a program makes by itself. */
record OwnDataset(String name, Supplier<Dataset> images) implements DatasetLoader {
    OwnDataset {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(images, "images");
    }

    @Override
    public String description() {
        return "a training set of this program";
    }

    @Override
    public boolean has(Split split) {
        return split == Split.TRAIN;
    }

    @Override
    public Optional<Path> find(LoadOptions options) {
        return Optional.empty();
    }

    /** @throws IllegalArgumentException always */
    @Override
    public Path fetch(LoadOptions options) {
        throw new IllegalArgumentException(
                "dataset %s must have files to be fetched, but a program makes it".formatted(name));
    }

    @Override
    public Dataset load(Split split, LoadOptions options) throws IOException {
        if (!has(split)) {
            throw new IOException(
                    "dataset %s has no %s split: a program makes it, for training only".formatted(name, split));
        }
        return options.apply(images.get());
    }
}
