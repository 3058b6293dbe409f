package dev.ganzoo.zoo.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Listing and deleting folders. */
public final class Folders {
    private Folders() {}

    /** What is directly in {@code folder}, by name; nothing if there is no such folder. */
    public static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Deletes a file, or a folder with all that is in it; links are deleted, not followed. */
    public static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : list(path)) {
                delete(entry);
            }
        }
        Files.deleteIfExists(path);
    }
}
