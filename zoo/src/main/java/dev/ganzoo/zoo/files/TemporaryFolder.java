package dev.ganzoo.zoo.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is deleted with all that is in it. */
public record TemporaryFolder(Path path) implements AutoCloseable {
    /** A new, empty folder where temporary files go. */
    public static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("ganzoo"));
    }

    @Override
    public void close() throws IOException {
        Folders.delete(path);
    }
}
