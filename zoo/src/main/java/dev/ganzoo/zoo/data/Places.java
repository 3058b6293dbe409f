package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.files.CacheFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where datasets lie on this machine.
 *
 * @param cache where downloads are kept, a folder each: {@code datasets} in the folder named by the system property
 *     {@code ganzoo.cache}, else by the environment variable {@code GANZOO_CACHE}, else in {@code ~/.cache/ganzoo}
 * @param data the user's own folder of datasets: the environment variable {@code GANZOO_DATA}
 */
record Places(Path cache, Optional<Path> data) {
    static Places current() {
        return of(System::getProperty, System::getenv);
    }

    static Places of(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        return new Places(
                CacheFolder.in(properties, environment).resolve("datasets"),
                CacheFolder.given(environment.apply("GANZOO_DATA")));
    }

    /** The folders to look in, the first that is complete counts. */
    List<Path> candidates(PublishedDataset dataset, LoadOptions options) {
        var candidates = new ArrayList<Path>();
        if (options.folder().isPresent()) {
            Path folder = options.folder().get();
            candidates.add(folder);
            dataset.folderNames().forEach(name -> candidates.add(folder.resolve(name)));
        } else {
            dataset.folderNames().forEach(name -> candidates.add(cache.resolve(name)));
            data.ifPresent(root -> dataset.folderNames().forEach(name -> candidates.add(root.resolve(name))));
            candidates.addAll(dataset.systemFolders());
        }
        return candidates;
    }
}
