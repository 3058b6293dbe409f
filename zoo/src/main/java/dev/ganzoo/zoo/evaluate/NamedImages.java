package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.data.DatasetLoader;
import dev.ganzoo.zoo.data.Datasets;
import dev.ganzoo.zoo.data.LoadOptions;
import dev.ganzoo.zoo.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Images by the name of a dataset, with or without a split, or by the path of a folder. */
final class NamedImages {
    private NamedImages() {}

    static ImageSource find(String name, LoadOptions options, List<DatasetLoader> own) throws IOException {
        String dataset = name;
        Split split = Split.TRAIN;
        for (Split each : Split.values()) {
            if (name.endsWith(":" + each)) {
                dataset = name.substring(0, name.length() - each.toString().length() - 1);
                split = each;
            }
        }
        Set<String> known = names(own);
        if (!known.contains(dataset) && Files.isDirectory(Path.of(dataset))) {
            return ImageSource.folder(dataset.equals(name) ? Path.of(name) : part(Path.of(dataset), split));
        }
        String tail = dataset.substring(dataset.lastIndexOf(':') + 1);
        if (dataset.indexOf(':') > 1 && known.contains(dataset.substring(0, dataset.lastIndexOf(':')))) {
            throw new IllegalArgumentException(
                    "split must be one of %s, got \"%s\"".formatted(Arrays.toString(Split.values()), tail));
        }
        return ImageSource.of(Datasets.named(dataset, own).load(split, options));
    }

    private static Set<String> names(List<DatasetLoader> own) {
        Set<String> names = new HashSet<>(Datasets.names());
        own.forEach(each -> names.add(each.name()));
        return names;
    }

    private static Path part(Path folder, Split split) throws IOException {
        Path part = folder.resolve(split.toString());
        if (!Files.isDirectory(part)) {
            throw new IOException("folder %s must have a folder %s in it, found none".formatted(folder, split));
        }
        return part;
    }
}
