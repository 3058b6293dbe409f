package dev.ganzoo.zoo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dataset of known files, found in a folder or downloaded.
 *
 * @param folderNames the names that its folder usually has; the first is its folder in the cache
 * @param systemFolders where system packages put it
 * @param files the files of each split
 */
record PublishedDataset(
        String name,
        String description,
        List<String> classNames,
        List<String> folderNames,
        List<Path> systemFolders,
        Map<Split, List<SourceFile>> files,
        Format format,
        Origin origin)
        implements DatasetLoader {

    List<SourceFile> files(Split split) {
        return files.get(split);
    }

    private List<SourceFile> allFiles() {
        return Stream.of(Split.values()).map(this::files).flatMap(List::stream).toList();
    }

    @Override
    public Optional<Path> find(LoadOptions options) {
        return find(allFiles(), Places.current().candidates(this, options));
    }

    @Override
    public boolean has(Split split) {
        return files.containsKey(split);
    }

    @Override
    public Path fetch(LoadOptions options) throws IOException {
        return fetch(options, Places.current());
    }

    Path fetch(LoadOptions options, Places places) throws IOException {
        Path folder = provide(allFiles(), options, places);
        for (SourceFile file : allFiles()) {
            try (var checked = CheckedFile.open(path(folder, file).orElseThrow(), file)) {
                checked.finish();
            }
        }
        return folder;
    }

    @Override
    public Dataset load(Split split, LoadOptions options) throws IOException {
        return load(split, options, Places.current());
    }

    Dataset load(Split split, LoadOptions options, Places places) throws IOException {
        Path folder = provide(files(split), options, places);
        List<Path> paths = files(split).stream()
                .map(file -> path(folder, file).orElseThrow())
                .toList();
        return options.apply(format.read(this, split, paths));
    }

    /** What {@link Format} makes of the files. */
    Dataset dataset(Split split, Dataset.Shape shape, boolean blackMargin, int[] labels, PixelStore pixels) {
        return new Dataset(name, split, classNames, shape, blackMargin, labels, pixels);
    }

    private Path provide(List<SourceFile> needed, LoadOptions options, Places places) throws IOException {
        List<Path> candidates = places.candidates(this, options);
        Optional<Path> found = find(needed, candidates);
        if (found.isPresent()) {
            return found.get();
        }
        if (options.folder().isPresent() || !options.download()) {
            throw new IOException(absent(needed, candidates, options));
        }
        Path folder = places.cache().resolve(folderNames.get(0));
        Files.createDirectories(folder);
        origin.fetch(missing(folder, allFiles()), folder, options.listener());
        return folder;
    }

    private static Optional<Path> find(List<SourceFile> needed, List<Path> candidates) {
        return candidates.stream()
                .filter(folder -> missing(folder, needed).isEmpty())
                .findFirst();
    }

    private static List<SourceFile> missing(Path folder, List<SourceFile> needed) {
        return needed.stream().filter(file -> path(folder, file).isEmpty()).toList();
    }

    private static Optional<Path> path(Path folder, SourceFile file) {
        return Stream.of(file.name(), file.name() + ".gz")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Names what is missing where most is there, or the places where nothing is. */
    private String absent(List<SourceFile> needed, List<Path> candidates, LoadOptions options) throws IOException {
        Path nearest = candidates.get(0);
        for (Path candidate : candidates) {
            if (missing(candidate, needed).size() < missing(nearest, needed).size()) {
                nearest = candidate;
            }
        }
        List<SourceFile> missing = missing(nearest, needed);
        String names = missing.stream().map(SourceFile::name).collect(Collectors.joining(", "));
        if (options.folder().isPresent() || missing.size() < needed.size()) {
            return "dataset %s is not complete in %s: expected %s (or gzipped, with .gz), found %s"
                    .formatted(name, nearest, names, listing(nearest));
        }
        String places = candidates.stream().map(Path::toString).collect(Collectors.joining(", "));
        return ("dataset %s is not on this machine: expected %s in one of %s; name its folder, set GANZOO_DATA to the"
                        + " folder above it, or allow the download")
                .formatted(name, names, places);
    }

    private static String listing(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return "no such folder";
        }
        var names = new ArrayList<String>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).sorted().limit(12).forEach(names::add);
        }
        return names.isEmpty() ? "an empty folder" : String.join(", ", names);
    }
}
