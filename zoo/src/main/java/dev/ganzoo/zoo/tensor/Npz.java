package dev.ganzoo.zoo.tensor;

import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npz} files: named arrays in a zip, stored or deflated. Read are float32, float64, int32 and int64, of
 * either byte order, in C or Fortran order, which give the same {@link NpyArray}; written is float64.
 *
 * <p>Nothing that a file says of its sizes is believed, or memory taken for it, before it is compared with the bytes that
 * are there. Not safe for use by several threads.
 */
public final class Npz implements Closeable {
    private static final String SUFFIX = ".npy";

    /** Deflate makes no more than that of a byte. */
    private static final long MAX_INFLATION = 1032;

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Path file;
    private final ZipFile zip;

    private Npz(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /** What is done with the header of an array. */
    @FunctionalInterface
    private interface Use<T> {
        T of(NpyReader reader) throws IOException;
    }

    /**
     * Opens a file; the caller closes it.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it is not a zip, or cut short
     */
    public static Npz open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try {
            return new Npz(file, new ZipFile(file.toFile()));
        } catch (ZipException e) {
            throw new IOException(
                    "%s: expected an npz, which is a zip, found none that is whole (%s)"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** The names of the arrays, in the order of the file. */
    public List<String> names() {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .toList();
    }

    /**
     * The shape that an array says it has; no memory is taken for it.
     *
     * @throws IOException if there is no such array, or it is not an array of numbers
     */
    public int[] shape(String name) throws IOException {
        return read(name, reader -> reader.shape);
    }

    /**
     * An array, row-major.
     *
     * @throws IOException if there is no such array, it is not an array of numbers, cut short or altered
     */
    public NpyArray array(String name) throws IOException {
        return read(name, NpyReader::values);
    }

    private <T> T read(String name, Use<T> use) throws IOException {
        ZipEntry entry = zip.getEntry(name + SUFFIX);
        if (entry == null) {
            throw new IOException(
                    "%s: no array \"%s\" (there are: %s)".formatted(file, name, String.join(", ", names())));
        }
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
            NpyReader reader = new NpyReader(in);
            checkLength(entry, reader.bytes());
            T result = use.of(reader);
            if (result instanceof NpyArray && sum.getValue() != entry.getCrc()) {
                throw new IOException("expected the check sum %08x, found %08x: the file is altered"
                        .formatted(entry.getCrc(), sum.getValue()));
            }
            return result;
        } catch (IOException e) {
            throw new IOException("%s: array \"%s\": %s".formatted(file, name, e.getMessage()), e);
        }
    }

    private static void checkLength(ZipEntry entry, long expected) throws IOException {
        if (entry.getSize() != expected || entry.getCompressedSize() * MAX_INFLATION < expected) {
            throw new IOException("expected %d bytes as its header says, found %d, packed into %d"
                    .formatted(expected, entry.getSize(), entry.getCompressedSize()));
        }
    }

    /**
     * Writes arrays whole or not at all, replacing what was there; parent folders are created. The same arrays always
     * give the same bytes.
     */
    public static void write(Path file, Map<String, NpyArray> arrays) throws IOException {
        AtomicFiles.write(file, channel -> {
            // Not closed: that would close the channel.
            ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
                entry.setTimeLocal(NO_TIME);
                out.putNextEntry(entry);
                Npy.write(out, array.getValue());
                out.closeEntry();
            }
            out.finish();
            out.flush();
        });
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
