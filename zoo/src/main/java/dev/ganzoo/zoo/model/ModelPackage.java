package dev.ganzoo.zoo.model;

import dev.ganzoo.zoo.files.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * A model as it is passed on: a folder or one {@code .zip} with {@code card.json}, the {@code .onnx} files and
 * {@code preview.png}. {@code docs/model-package.md} describes the format.
 *
 * <p>What is in a package is not trusted: sizes are bounded before anything is read, names have no folder part, and a
 * file's content must have the SHA-256 that the card states.
 *
 * <p>Immutable and safe for use by several threads; nothing is kept open.
 */
public final class ModelPackage {
    /** The card's file name. */
    public static final String CARD = "card.json";
    /** The file name of a generator's network. */
    public static final String GENERATOR = "generator.onnx";
    /** The file name of a classifier's network: images in, logits out. */
    public static final String CLASSIFIER = "classifier.onnx";
    /** The file name of a classifier's gradient; absent where some operation has none. */
    public static final String GRADIENT = "gradient.onnx";
    /** The file name of the weights that several networks of a package have in common. */
    public static final String WEIGHTS = "weights.safetensors";
    /** The file name of the mean of a classifier's training images, where it is known. */
    public static final String MEAN_IMAGE = "mean.png";
    /** The file name of a picture that shows what the model does. */
    public static final String PREVIEW = "preview.png";

    private static final int MAX_CARD = 1 << 20;
    /** Two gigabytes, less what arrays cannot hold; protobuf, and so ONNX, ends there too. */
    private static final long MAX_FILE = Integer.MAX_VALUE - 16;

    private final PackageFiles files;
    private final ModelCard card;

    private ModelPackage(PackageFiles files, ModelCard card) {
        this.files = files;
        this.card = card;
    }

    /**
     * Opens a package: reads its card, and no other file yet.
     *
     * @param path a folder with a {@code card.json}, or a zip file
     * @throws InvalidModelException if there is no such thing, or its card is not one
     */
    public static ModelPackage open(Path path) {
        if (!Files.exists(path)) {
            throw new InvalidModelException("%s: no such file or folder".formatted(path));
        }
        return open(Files.isDirectory(path) ? PackageFiles.folder(path) : PackageFiles.zip(path));
    }

    static ModelPackage open(PackageFiles files) {
        byte[] json = read(files, CARD, in -> in.readNBytes(MAX_CARD + 1));
        if (json.length > MAX_CARD) {
            throw new InvalidModelException(
                    "%s: %s must have at most %d bytes, got more".formatted(files, CARD, MAX_CARD));
        }
        return new ModelPackage(files, CardJson.read(json, files + ": " + CARD));
    }

    /**
     * Writes a package whole or not at all, and forces it to the disk.
     *
     * @param target a zip file if its name ends with {@code .zip}, else a folder; must not exist
     * @param card what the files are; its own list of files is replaced by sizes and hashes of {@code files}
     * @param files content by name, in the order to be written
     * @return the package, read back
     * @throws java.nio.file.FileAlreadyExistsException if the target exists
     * @throws IOException if it cannot be written
     */
    public static ModelPackage write(Path target, ModelCard card, Map<String, byte[]> files) throws IOException {
        PackageWriter.write(target, card, files);
        return open(target);
    }

    /**
     * Writes measurements into the card, in place of earlier ones of the same metrics and protocols, whole or not at all.
     * All files are verified before and stay as they are.
     *
     * @return the package, read back
     * @throws InvalidModelException if a file is damaged, or the package is bundled on the class path
     * @throws IOException if it cannot be written
     */
    public ModelPackage withQuality(List<ModelCard.Quality> measured) throws IOException {
        Path place = files.place()
                .orElseThrow(() -> new InvalidModelException(
                        "%s is bundled and cannot be written; copy the package to a folder".formatted(files)));
        Map<String, byte[]> contents = new LinkedHashMap<>();
        card.files().keySet().forEach(file -> contents.put(file, read(file)));
        ModelCard more = card;
        for (ModelCard.Quality one : measured) {
            more = more.withQuality(one);
        }
        PackageWriter.replaceCard(place, more, contents);
        return open(place);
    }

    /** What the model is. */
    public ModelCard card() {
        return card;
    }

    /** Where the package lies, for messages: a path, or {@code classpath:…}. */
    public String location() {
        return files.toString();
    }

    /**
     * The content of a file, verified.
     *
     * @throws InvalidModelException if the card does not list it, or it is missing, cut short or altered
     */
    public byte[] read(String file) {
        ModelCard.FileEntry entry = card.files().get(file);
        if (entry == null) {
            throw new InvalidModelException("%s: %s does not list a file %s, only %s"
                    .formatted(files, CARD, file, card.files().keySet()));
        }
        if (entry.size() > MAX_FILE) {
            throw new InvalidModelException(
                    "%s: %s must have at most %d bytes, got %d".formatted(files, file, MAX_FILE, entry.size()));
        }
        byte[] content = read(files, file, in -> bounded(in, file, entry.size()));
        String found = Sha256.of(content);
        if (!found.equals(entry.sha256())) {
            throw new InvalidModelException(
                    "%s: %s was altered: expected sha256 %s, found %s".formatted(files, file, entry.sha256(), found));
        }
        return content;
    }

    /** Reads every file that the card lists, and so verifies it. @see #read */
    public void verify() {
        card.files().keySet().forEach(this::read);
    }

    @Override
    public String toString() {
        return "ModelPackage[%s, %s]".formatted(card.name(), files);
    }

    /** At most one byte more than expected is read, however much there is. */
    private byte[] bounded(InputStream in, String file, long expected) throws IOException {
        byte[] content = in.readNBytes((int) expected);
        boolean more = in.read() >= 0;
        if (more || content.length < expected) {
            throw new InvalidModelException("%s: %s must have %d bytes, found %s"
                    .formatted(files, file, expected, more ? "more" : Integer.toString(content.length)));
        }
        return content;
    }

    private static <T> T read(PackageFiles files, String file, PackageFiles.Reader<T> reader) {
        try {
            return files.read(file, reader);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new InvalidModelException("%s: %s is missing".formatted(files, file), e);
        } catch (ZipException e) {
            throw new InvalidModelException(
                    "%s: not a whole zip file: cut short or altered (%s)".formatted(files, e.getMessage()), e);
        } catch (IOException e) {
            throw new InvalidModelException("%s: %s cannot be read: %s".formatted(files, file, e.getMessage()), e);
        }
    }
}
