package dev.ganzoo.clients.cli;

import dev.ganzoo.zoo.classifier.ImageShape;
import dev.ganzoo.zoo.data.Dataset;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Pictures;
import dev.ganzoo.zoo.data.Split;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** What is attacked: image files, or images of a dataset. */
final class AttackInputs {
    @Option(
            names = "--data",
            paramLabel = "NAME",
            description = "A dataset instead, by name (see ganzoo data list) or a folder with one subfolder a class.")
    private String data;

    @Option(names = "--data-folder", paramLabel = "DIR", description = "Where the dataset's files are.")
    private Path dataFolder;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "test",
            description = "Which part of the dataset: train or test (${DEFAULT-VALUE}).")
    private Split split;

    @Option(
            names = "--index",
            paramLabel = "I",
            split = ",",
            description = "Which images of the dataset, from 0; otherwise the first --limit.")
    private List<Integer> indices = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many images of the dataset: 8 otherwise, all with --evaluate.")
    private Integer limit;

    /** Images to attack, and where they are from: null for files. */
    record Images(Tensor tensor, Dataset dataset, int[] indices) {}

    /** The images asked for. */
    Images images(GanZoo ganzoo, List<Path> files, ImageShape shape, PrintWriter messages) throws IOException {
        if (data == null) {
            return new Images(readFiles(files, shape), null, null);
        }
        if (!files.isEmpty()) {
            throw new IllegalArgumentException("--data and image files exclude each other; give one of them");
        }
        int last = indices.stream().mapToInt(i -> i).max().orElse((limit == null ? 8 : limit) - 1);
        Dataset dataset = load(ganzoo, shape, Math.max(1, last + 1), messages);
        int[] which = indices.isEmpty()
                ? IntStream.range(0, dataset.size()).toArray()
                : indices.stream().mapToInt(i -> i).toArray();
        for (int index : which) {
            if (index < 0 || index >= dataset.size()) {
                throw new IllegalArgumentException(
                        "index must be in 0..%d, got %d".formatted(dataset.size() - 1, index));
            }
        }
        return new Images(dataset.unitImages(which), dataset, which);
    }

    /** The dataset asked for, at the size and with the channels of {@code shape}. */
    Dataset dataset(GanZoo ganzoo, ImageShape shape, PrintWriter messages) throws IOException {
        if (data == null || !indices.isEmpty()) {
            throw new IllegalArgumentException("--evaluate needs --data, and takes no --index");
        }
        return load(ganzoo, shape, limit, messages);
    }

    private Dataset load(GanZoo ganzoo, ImageShape shape, Integer most, PrintWriter messages) throws IOException {
        if (shape.height() != shape.width()) {
            throw new IllegalArgumentException("datasets are square, the model takes images of " + shape);
        }
        try (DownloadProgress progress = DownloadProgress.on(messages)) {
            LoadOptions options = LoadOptions.defaults()
                    .size(shape.height())
                    .channels(shape.channels())
                    .listener(progress);
            options = most == null ? options : options.limit(most);
            return ganzoo.dataset(data).load(split, dataFolder == null ? options : options.folder(dataFolder));
        }
    }

    private Tensor readFiles(List<Path> files, ImageShape shape) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("nothing to attack: give image files, or a dataset by --data");
        }
        Tensor all = Tensor.zeros(shape.batch(files.size()));
        for (int i = 0; i < files.size(); i++) {
            if (!Files.isRegularFile(files.get(i))) {
                throw new IllegalArgumentException("no image file \"%s\"".formatted(files.get(i)));
            }
            float[] image = Pictures.read(files.get(i), shape).data();
            System.arraycopy(image, 0, all.data(), i * image.length, image.length);
        }
        return all;
    }
}
