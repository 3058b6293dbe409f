package dev.ganzoo.zoo.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that can be loaded by name: those in one folder of packages, and those bundled on the class path. A package
 * in the folder hides a bundled one of its name.
 *
 * <p>A package's name is that of its folder, or of its zip file without {@code .zip}. Bundled packages are folders
 * {@code dev/ganzoo/models/<name>/} of the class path, listed in resources {@code dev/ganzoo/models/index.txt}, one name
 * a line.
 *
 * <p>Immutable; every call looks anew, so models may come and go.
 */
public final class ModelCatalog {
    /** The system property that names the folder of models. */
    public static final String PROPERTY = "ganzoo.models";
    /** The environment variable that names it where the property is not set. */
    public static final String VARIABLE = "GANZOO_MODELS";

    private static final String BUNDLED = "dev/ganzoo/models/";
    private static final String ZIP = ".zip";

    private final Path folder;
    private final ClassLoader loader;

    private ModelCatalog(Path folder, ClassLoader loader) {
        this.folder = folder;
        this.loader = loader;
    }

    /**
     * The models in the folder named by the system property {@value #PROPERTY}, else by the environment variable
     * {@value #VARIABLE}, else in {@code ~/.ganzoo/models}; and the bundled ones.
     */
    public static ModelCatalog standard() {
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        return in(named != null ? Path.of(named) : Path.of(System.getProperty("user.home"), ".ganzoo", "models"));
    }

    /** The models in {@code folder}, which need not exist, and the bundled ones. */
    public static ModelCatalog in(Path folder) {
        return new ModelCatalog(folder, ModelCatalog.class.getClassLoader());
    }

    static ModelCatalog in(Path folder, ClassLoader loader) {
        return new ModelCatalog(folder, loader);
    }

    /** The folder that is searched before the class path. */
    public Path folder() {
        return folder;
    }

    /**
     * All models: those of the folder by name, then those of the class path in the order of their index. Broken packages are
     * listed too, with what is wrong.
     */
    public List<ModelSummary> models() {
        List<ModelSummary> summaries = new ArrayList<>();
        packages().forEach((name, files) -> {
            try {
                ModelCard card = ModelPackage.open(files).card();
                summaries.add(new ModelSummary(name, Optional.of(card), files.toString(), Optional.empty()));
            } catch (InvalidModelException e) {
                summaries.add(new ModelSummary(name, Optional.empty(), files.toString(), Optional.of(e.getMessage())));
            }
        });
        return Collections.unmodifiableList(summaries);
    }

    /**
     * Opens a model by name; or by path, if no model has the name and it is the path of a package, or looks like one by
     * having a separator or ending with {@code .zip}.
     *
     * @throws UnknownModelException if there is no such model
     * @throws InvalidModelException if its card does not read
     */
    public ModelPackage find(String nameOrPath) {
        Map<String, PackageFiles> packages = packages();
        PackageFiles named = packages.get(nameOrPath);
        if (named != null) {
            return ModelPackage.open(named);
        }
        try {
            Path path = Path.of(nameOrPath);
            if (looksLikePath(nameOrPath) || isPackage(path)) {
                return ModelPackage.open(path);
            }
        } catch (InvalidPathException e) {
            // No path on this system, so a name, and no known one.
            throw new UnknownModelException(nameOrPath, packages.keySet());
        }
        throw new UnknownModelException(nameOrPath, packages.keySet());
    }

    private static boolean looksLikePath(String text) {
        return text.contains("/") || text.contains("\\") || text.endsWith(ZIP);
    }

    private Map<String, PackageFiles> packages() {
        Map<String, PackageFiles> packages = own();
        for (String name : bundled()) {
            packages.putIfAbsent(name, PackageFiles.resources(loader, BUNDLED + name + "/"));
        }
        return packages;
    }

    private Map<String, PackageFiles> own() {
        Map<String, PackageFiles> packages = new LinkedHashMap<>();
        if (!Files.isDirectory(folder)) {
            return packages;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(ModelCatalog::isPackage).sorted().forEach(path -> {
                String name = path.getFileName().toString();
                boolean zip = !Files.isDirectory(path);
                packages.put(
                        zip ? name.substring(0, name.length() - ZIP.length()) : name,
                        zip ? PackageFiles.zip(path) : PackageFiles.folder(path));
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the models in " + folder, e);
        }
        return packages;
    }

    private List<String> bundled() {
        List<String> names = new ArrayList<>();
        try {
            for (URL index : Collections.list(loader.getResources(BUNDLED + "index.txt"))) {
                try (var lines =
                        new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the bundled models", e);
        }
        return names;
    }

    /** Names that begin with a dot are still being written, or not meant to be seen. */
    private static boolean isPackage(Path path) {
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        boolean card = Files.isRegularFile(path.resolve(ModelPackage.CARD));
        return !name.startsWith(".") && (card || name.endsWith(ZIP) && Files.isRegularFile(path));
    }
}
