package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Takes known files out of a {@code .tar.gz}.
 *
 * <p>Reads the plain ustar headers that published datasets have (regular files with short names), and no more: with
 * the checksum of every file known, a reader of this size is safe, and it spares every user of the zoo the four
 * libraries that a general one brings. No path of the archive is ever used as one: an entry is written only if its last
 * name is one that was asked for, and then under that name.
 */
final class TarGzArchive {
    private static final int BLOCK = 512;

    private TarGzArchive() {}

    /**
     * @param described what errors call the archive
     * @param wanted the files to take, wherever in the archive they lie
     * @param folder where they go, each visible only whole and checked
     * @throws IOException if the archive is cut short, altered, or lacks a file
     */
    static void extract(Path archive, String described, List<SourceFile> wanted, Path folder) throws IOException {
        Map<String, SourceFile> left =
                new HashMap<>(wanted.stream().collect(Collectors.toMap(SourceFile::name, Function.identity())));
        var seen = new ArrayList<String>();
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
            byte[] header = in.readNBytes(BLOCK);
            while (!left.isEmpty() && header.length == BLOCK && header[0] != 0) {
                String name = lastName(header);
                long bytes = size(header, described);
                seen.add(name);
                SourceFile file = left.remove(name);
                if (file == null) {
                    in.skipNBytes(bytes);
                } else {
                    extract(in, bytes, "%s in %s".formatted(name, described), file, folder);
                }
                in.skipNBytes((BLOCK - bytes % BLOCK) % BLOCK);
                header = in.readNBytes(BLOCK);
            }
        } catch (EOFException e) {
            throw new IOException(
                    "%s is cut short: its %d bytes end within the archive".formatted(described, Files.size(archive)));
        } catch (ZipException e) {
            throw new IOException("%s is altered: expected a .tar.gz archive, found broken gzip data (%s)"
                    .formatted(described, e.getMessage()));
        }
        if (!left.isEmpty()) {
            throw new IOException("%s is not the right archive: expected %s in it, found %s"
                    .formatted(described, String.join(", ", left.keySet()), String.join(", ", seen)));
        }
    }

    private static void extract(InputStream in, long bytes, String described, SourceFile file, Path folder)
            throws IOException {
        if (bytes != file.bytes()) {
            throw new IOException(
                    "%s has the wrong length: expected %d bytes, found %d".formatted(described, file.bytes(), bytes));
        }
        byte[] content = in.readNBytes(Math.toIntExact(bytes));
        if (content.length < bytes) {
            throw new EOFException();
        }
        try (var checked = CheckedFile.open(new ByteArrayInputStream(content), described, file)) {
            checked.finish();
        }
        AtomicFiles.write(folder.resolve(file.name()), content);
    }

    private static String lastName(byte[] header) {
        String path = text(header, 0, 100);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static long size(byte[] header, String described) throws IOException {
        String octal = text(header, 124, 12).strip();
        try {
            return Long.parseLong(octal, 8);
        } catch (NumberFormatException e) {
            throw new IOException("%s is altered: expected a length in octal in its tar header, found \"%s\""
                    .formatted(described, octal));
        }
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
