package dev.ganzoo.zoo.model;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.files.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes model packages. The same card and files give the same bytes. */
final class PackageWriter {
    /** The first moment that zip files can name: entries carry no time of their own. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private PackageWriter() {}

    static void write(Path target, ModelCard card, Map<String, byte[]> files) throws IOException {
        Map<String, ModelCard.FileEntry> entries = new LinkedHashMap<>();
        files.forEach(
                (name, content) -> entries.put(name, new ModelCard.FileEntry(content.length, Sha256.of(content))));
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(ModelPackage.CARD, card.withFiles(entries).json().getBytes(StandardCharsets.UTF_8));
        all.putAll(files);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "a model package is not replaced; remove it or choose another name");
        }
        if (target.toString().endsWith(".zip")) {
            zip(target, all);
        } else {
            folder(target, all);
        }
    }

    /** Replaces a card, and in a zip file everything with the same content. */
    static void replaceCard(Path place, ModelCard card, Map<String, byte[]> files) throws IOException {
        byte[] json = card.json().getBytes(StandardCharsets.UTF_8);
        if (Files.isDirectory(place)) {
            AtomicFiles.write(place.resolve(ModelPackage.CARD), json);
            return;
        }
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(ModelPackage.CARD, json);
        all.putAll(files);
        zip(place, all);
    }

    private static void zip(Path target, Map<String, byte[]> files) throws IOException {
        AtomicFiles.write(target, channel -> {
            // Not closed: that would close the channel before it is forced to the disk.
            ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
            for (var file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(NO_TIME);
                out.putNextEntry(entry);
                out.write(file.getValue());
                out.closeEntry();
            }
            out.finish();
            out.flush();
        });
    }

    private static void folder(Path target, Map<String, byte[]> files) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path partial = Files.createDirectory(AtomicFiles.partialOf(target));
        try {
            for (var file : files.entrySet()) {
                AtomicFiles.write(partial.resolve(file.getKey()), file.getValue());
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            remove(partial);
        }
        AtomicFiles.sync(parent);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
