package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Datasets of few records in the published formats, with made-up pixels. */
final class TinyDatasets {
    static final List<String> CLASSES = List.of("a", "b", "c");

    private TinyDatasets() {}

    /** The byte {@code position} of the made-up image {@code index}. */
    static byte pixel(int index, int position) {
        return (byte) (31 * index + 7 * position);
    }

    /** Records with labels 0, 1, 2, 0, …, numbered from {@code first}. */
    static byte[] cifar(int first, int count) {
        var bytes = ByteBuffer.allocate(count * 3073);
        for (int i = first; i < first + count; i++) {
            bytes.put((byte) (i % 3));
            for (int k = 0; k < 3072; k++) {
                bytes.put(pixel(i, k));
            }
        }
        return bytes.array();
    }

    static byte[] idxImages(int count) {
        var bytes = ByteBuffer.allocate(16 + count * 784);
        bytes.putInt(0x803).putInt(count).putInt(28).putInt(28);
        for (int i = 0; i < count * 784; i++) {
            bytes.put(pixel(i / 784, i % 784));
        }
        return bytes.array();
    }

    static byte[] idxLabels(int count) {
        var bytes = ByteBuffer.allocate(8 + count);
        bytes.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            bytes.put((byte) (i % 3));
        }
        return bytes.array();
    }

    static SourceFile source(String name, byte[] content) {
        return new SourceFile(name, content.length, Sha256.of(content));
    }

    /** Two training files of 2 and 1 records and a test file of 1, in a {@code .tar.gz} at {@code base}. */
    static PublishedDataset tinyCifar(URI base) {
        var files = Map.of(
                Split.TRAIN, List.of(source("one.bin", cifar(0, 2)), source("two.bin", cifar(2, 1))),
                Split.TEST, List.of(source("test.bin", cifar(3, 1))));
        var origin = new Origin.TarGz(base.resolve("tiny-cifar.tar.gz"));
        return new PublishedDataset(
                "tiny-cifar",
                "tiny",
                CLASSES,
                List.of("tiny-cifar", "tiny-bin"),
                List.of(),
                files,
                Format.CIFAR,
                origin);
    }

    /** Five training images and two test images, gzipped one by one at {@code base}. */
    static PublishedDataset tinyMnist(URI base) {
        var files = Map.of(
                Split.TRAIN, List.of(source("train-images", idxImages(5)), source("train-labels", idxLabels(5))),
                Split.TEST, List.of(source("test-images", idxImages(2)), source("test-labels", idxLabels(2))));
        return new PublishedDataset(
                "tiny-mnist",
                "tiny",
                CLASSES,
                List.of("tiny-mnist"),
                List.of(),
                files,
                Format.IDX,
                new Origin.GzippedFiles(base));
    }

    /** Places with nothing but an empty cache below {@code folder}. */
    static Places emptyPlaces(Path folder) {
        return new Places(folder.resolve("cache"), Optional.empty());
    }

    static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** One ustar entry, padded to whole blocks. */
    static byte[] tarEntry(String path, byte[] content) {
        var entry = ByteBuffer.allocate(512 + (content.length + 511) / 512 * 512);
        entry.put(path.getBytes(StandardCharsets.UTF_8));
        entry.position(124).put("%011o".formatted(content.length).getBytes(StandardCharsets.US_ASCII));
        entry.position(156).put((byte) '0').put(257, "ustar".getBytes(StandardCharsets.US_ASCII));
        entry.position(512).put(content);
        return entry.array();
    }

    static byte[] tarGz(byte[]... entries) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            bytes.writeBytes(entry);
        }
        bytes.writeBytes(new byte[1024]);
        return gzip(bytes.toByteArray());
    }

    static Path write(Path folder, String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        return Files.write(folder.resolve(name), content);
    }
}
