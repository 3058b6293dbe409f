package dev.ganzoo.zoo.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where the files of a package lie: a folder, a zip or the class path. */
interface PackageFiles {
    /** Reads a file, whose name has no folder part, with {@code reader}. */
    <T> T read(String file, Reader<T> reader) throws IOException;

    /** The folder or zip file, or empty where nothing can be written. */
    default Optional<Path> place() {
        return Optional.empty();
    }

    /** Makes something of a stream that is closed afterwards. */
    @FunctionalInterface
    interface Reader<T> {
        T from(InputStream in) throws IOException;
    }

    /** For messages. */
    @Override
    String toString();

    /** Files directly in {@code folder}; links may not lead out of it. */
    static PackageFiles folder(Path folder) {
        return new PackageFiles() {
            @Override
            public <T> T read(String file, Reader<T> reader) throws IOException {
                Path path = folder.resolve(file);
                if (!Files.isRegularFile(path)) {
                    throw new FileNotFoundException(file);
                }
                if (!path.toRealPath().startsWith(folder.toRealPath())) {
                    throw new InvalidModelException(
                            "%s: %s leaves the package: it leads to %s".formatted(folder, file, path.toRealPath()));
                }
                try (InputStream in = Files.newInputStream(path)) {
                    return reader.from(in);
                }
            }

            @Override
            public Optional<Path> place() {
                return Optional.of(folder);
            }

            @Override
            public String toString() {
                return folder.toString();
            }
        };
    }

    /** Entries at the top of a zip file; entries in folders are refused, and with them every path that leads out. */
    static PackageFiles zip(Path zip) {
        return new PackageFiles() {
            @Override
            public <T> T read(String file, Reader<T> reader) throws IOException {
                try (ZipFile open = new ZipFile(zip.toFile())) {
                    open.stream().forEach(this::check);
                    ZipEntry entry = open.getEntry(file);
                    if (entry == null) {
                        throw new FileNotFoundException(file);
                    }
                    try (InputStream in = open.getInputStream(entry)) {
                        return reader.from(in);
                    }
                }
            }

            private void check(ZipEntry entry) {
                if (entry.getName().matches(".*[/\\\\:].*") || entry.getName().startsWith("..")) {
                    throw new InvalidModelException(
                            "%s: entry \"%s\" must lie at the top of the package".formatted(zip, entry.getName()));
                }
            }

            @Override
            public Optional<Path> place() {
                return Optional.of(zip);
            }

            @Override
            public String toString() {
                return zip.toString();
            }
        };
    }

    /** Resources below {@code root}, which ends with a slash. */
    static PackageFiles resources(ClassLoader loader, String root) {
        return new PackageFiles() {
            @Override
            public <T> T read(String file, Reader<T> reader) throws IOException {
                try (InputStream in = loader.getResourceAsStream(root + file)) {
                    if (in == null) {
                        throw new FileNotFoundException(file);
                    }
                    return reader.from(in);
                }
            }

            @Override
            public String toString() {
                return "classpath:" + root;
            }
        };
    }
}
