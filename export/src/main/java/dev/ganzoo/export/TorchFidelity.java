package dev.ganzoo.export;

import dev.ganzoo.export.onnx.ByteImages;
import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.files.TemporaryFolder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.model.Task;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a generator as the one ONNX file that the command line of torch-fidelity 0.4 accepts, so that others can measure
 * it with other code. What is in the file is said by {@link ByteImages}.
 */
public final class TorchFidelity {
    private TorchFidelity() {}

    /**
     * Writes the generator of a package, whole or not at all.
     *
     * @param file must not exist
     * @throws IllegalArgumentException if the package has no generator
     * @throws FileAlreadyExistsException if the file exists
     * @throws IOException if it cannot be written
     */
    public static void write(ModelPackage model, Path file) throws IOException {
        checkAbsent(file);
        ModelCard card = model.card();
        if (card.task() != Task.GENERATOR) {
            throw new IllegalArgumentException(
                    "%s: task must be generator, got %s".formatted(model.location(), card.task()));
        }
        AtomicFiles.write(file, ByteImages.of(model.read(ModelPackage.GENERATOR), card));
    }

    /**
     * Writes the generator that an exporter makes a package of; the package is not kept.
     *
     * @return the card of that package
     * @throws IOException as {@link #write(ModelPackage, Path)} and {@link Exporter#write}
     */
    public static ModelCard write(Exporter exporter, Path file) throws IOException {
        checkAbsent(file);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            ModelPackage model = exporter.write(folder.path().resolve("model"));
            write(model, file);
            return model.card();
        }
    }

    private static void checkAbsent(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    /** What to type to have it measured, against {@code real}: a folder of images or a dataset that torch-fidelity knows. */
    public static String command(ModelCard card, Path file, String real) {
        return String.join(
                " ",
                "fidelity --fid --isc --kid",
                "--input1 " + file,
                "--input1-model-z-type normal",
                "--input1-model-z-size " + card.latent().size(),
                "--input1-model-num-classes " + card.labels().size(),
                "--input1-model-num-samples 50000",
                "--input2 " + real);
    }
}
