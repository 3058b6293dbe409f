package dev.ganzoo.zoo.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of images with one subfolder a class; classes and images are taken in the order of their names. The samples
 * go round the classes (the first image of each, then the second), so that the first n are of all classes.
 */
record ImageFolder(Path root) implements DatasetLoader {
    static final int DEFAULT_SIZE = 64;

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

    private record Sample(Path image, int label) {}

    @Override
    public String name() {
        return root.toAbsolutePath().normalize().getFileName().toString();
    }

    @Override
    public String description() {
        return "the images in " + root;
    }

    @Override
    public Optional<Path> find(LoadOptions options) {
        return Optional.of(root);
    }

    @Override
    public boolean has(Split split) {
        return split == Split.TRAIN
                || Files.isDirectory(root.resolve(Split.TRAIN.toString()))
                        && Files.isDirectory(root.resolve(split.toString()));
    }

    @Override
    public Path fetch(LoadOptions options) {
        return root;
    }

    @Override
    public Dataset load(Split split, LoadOptions options) throws IOException {
        List<Path> classes = classes(split);
        List<Sample> samples = samples(classes);
        int count = Math.min(samples.size(), options.limit().orElse(samples.size()));
        int size = options.size().orElse(DEFAULT_SIZE);
        var shape = new Dataset.Shape(3, size, size);
        var pixels = new PixelStore(count, shape.values());
        try {
            IntStream.range(0, count)
                    .parallel()
                    .forEach(i -> read(samples.get(i).image(), size, pixels, i));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        int[] labels = samples.stream().limit(count).mapToInt(Sample::label).toArray();
        List<String> names =
                classes.stream().map(path -> path.getFileName().toString()).toList();
        return options.apply(new Dataset(name(), split, names, shape, false, labels, pixels));
    }

    private static void read(Path image, int size, PixelStore pixels, int index) {
        try {
            ImageReader.read(image).centreSquare(size, pixels.array(index), pixels.offset(index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> classes(Split split) throws IOException {
        boolean divided = Files.isDirectory(root.resolve(Split.TRAIN.toString()));
        Path folder = divided ? root.resolve(split.toString()) : root;
        if (!has(split)) {
            throw new IOException(
                    "image folder %s has no test split: expected the folders train and test in it, found %s"
                            .formatted(root, divided ? "only train" : "neither"));
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> classes = entries.filter(Files::isDirectory)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
            if (classes.isEmpty()) {
                throw new IOException("image folder %s must have one subfolder per class, found none (%d images)"
                        .formatted(folder, images(folder).size()));
            }
            return classes;
        }
    }

    private static List<Sample> samples(List<Path> classes) throws IOException {
        var perClass = new ArrayList<List<Path>>();
        for (Path folder : classes) {
            List<Path> images = images(folder);
            if (images.isEmpty()) {
                throw new IOException("class folder %s must have at least one image (%s), found none"
                        .formatted(folder, EXTENSIONS.stream().sorted().collect(Collectors.joining(", "))));
            }
            perClass.add(images);
        }
        int longest = perClass.stream().mapToInt(List::size).max().orElseThrow();
        return IntStream.range(0, longest)
                .boxed()
                .flatMap(turn -> IntStream.range(0, perClass.size())
                        .filter(label -> turn < perClass.get(label).size())
                        .mapToObj(label -> new Sample(perClass.get(label).get(turn), label)))
                .toList();
    }

    static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(ImageFolder::isImage)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isImage(Path path) {
        String name = path.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && EXTENSIONS.contains(extension);
    }
}
