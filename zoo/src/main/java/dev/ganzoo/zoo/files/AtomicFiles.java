package dev.ganzoo.zoo.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files that are whole or absent: into a hidden sibling first, forced to the disk, then renamed over the target.
 *
 * <p>A reader sees the old content or the new one, never a part. If the body fails, the target is untouched and the
 * sibling is removed; a process that is killed leaves the sibling, whose name starts with a dot and ends with
 * {@value #PARTIAL}.
 */
public final class AtomicFiles {
    /** How the name of a file that is still being written ends. */
    public static final String PARTIAL = ".partial";

    private AtomicFiles() {}

    /** Writes the content of one file through its channel. */
    @FunctionalInterface
    public interface Body {
        /** Writes everything; the channel is positioned at 0 and closed by the caller. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Writes {@code target} through {@code body}, replacing what was there and creating missing parent folders. */
    public static void write(Path target, Body body) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path partial = partialOf(target);
        try {
            try (FileChannel channel =
                    FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                body.writeTo(channel);
                channel.force(true);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        sync(parent);
    }

    /** Writes {@code content} to {@code target}, replacing what was there. */
    public static void write(Path target, byte[] content) throws IOException {
        write(target, channel -> writeFully(channel, ByteBuffer.wrap(content)));
    }

    /** Writes all that remains in {@code buffer}. */
    public static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** A fresh hidden name beside {@code target}, for something that is renamed to it once it is whole. */
    public static Path partialOf(Path target) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        return target.toAbsolutePath().resolveSibling("." + target.getFileName() + "." + unique + PARTIAL);
    }

    /** Whether {@code path} is named as something still being written, or left by a writer that was killed. */
    public static boolean isPartial(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") && name.endsWith(PARTIAL);
    }

    /** Forces the entries of {@code directory} to the disk, so that a rename in it survives a power cut. */
    public static void sync(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
