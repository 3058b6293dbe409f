package dev.ganzoo.zoo.evaluate;

import dev.ganzoo.zoo.data.Picture;
import dev.ganzoo.zoo.data.Pictures;
import dev.ganzoo.zoo.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** The image files below a folder, at their own sizes; the subfolders are classes if all images lie in some. */
final class FolderImages implements ImageSource {
    private final Path folder;
    private final List<Path> files;
    private final List<String> classNames;

    private FolderImages(Path folder, List<Path> files, List<String> classNames) {
        this.folder = folder;
        this.files = files;
        this.classNames = classNames;
    }

    static FolderImages of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        List<Path> files = Pictures.in(folder);
        if (files.isEmpty()) {
            throw new IOException("folder %s must have images (PNG, JPEG, BMP or GIF), found none".formatted(folder));
        }
        boolean labelled =
                files.stream().allMatch(file -> folder.relativize(file).getNameCount() > 1);
        TreeSet<String> classes = new TreeSet<>();
        if (labelled) {
            files.forEach(file -> classes.add(className(folder, file)));
        }
        return new FolderImages(folder, files, List.copyOf(classes));
    }

    private static String className(Path folder, Path file) {
        return folder.relativize(file).getName(0).toString();
    }

    @Override
    public String name() {
        return "folder " + folder.toAbsolutePath().normalize().getFileName();
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public List<Picture> pictures(int from, int count) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (Path file : files.subList(from, from + count)) {
            pictures.add(Pictures.read(file));
        }
        return pictures;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int label(int index) {
        return classNames.isEmpty() ? -1 : classNames.indexOf(className(folder, files.get(index)));
    }

    /** Of the files' contents in order, and of the classes they are in. */
    @Override
    public String fingerprint() throws IOException {
        MessageDigest all = Sha256.digest();
        for (int i = 0; i < files.size(); i++) {
            all.update((Sha256.of(files.get(i)) + " " + label(i) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(all.digest());
    }
}
