package dev.ganzoo.zoo;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.tensor.Npy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;

/** Images to files, in the form that the file's name asks for. */
final class Saving {
    private Saving() {}

    static void save(ImageRequest request, Path path) {
        String name =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (Files.isDirectory(path) || !name.contains(".")) {
                saveEach(request, path);
            } else if (name.endsWith(".png")) {
                AtomicFiles.write(path, request.png());
            } else if (name.endsWith(".gif")) {
                AtomicFiles.write(path, request.gif());
            } else if (name.endsWith(".npy")) {
                AtomicFiles.write(path, channel -> writeNpy(request, channel));
            } else {
                throw new IllegalArgumentException(
                        "cannot save images to \"%s\": its name must end with .png, .gif or .npy, or be a folder's"
                                .formatted(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save images to \"%s\": %s".formatted(path, e), e);
        }
    }

    private static void saveEach(ImageRequest request, Path folder) throws IOException {
        for (Iterator<Sample> samples = request.stream().iterator(); samples.hasNext(); ) {
            Sample sample = samples.next();
            String label = sample.label() < 0
                    ? ""
                    : "-" + request.generator.labels().get(sample.label()).replaceAll("[^\\p{L}\\p{N}._-]", "_");
            AtomicFiles.write(folder.resolve("%06d%s.png".formatted(sample.index(), label)), sample.png());
        }
    }

    private static void writeNpy(ImageRequest request, FileChannel channel) throws IOException {
        ModelCard.ImageSpec image = request.generator.card().image();
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        Npy.writeHeader(out, request.count(), image.channels(), image.height(), image.width());
        for (Iterator<Sample> samples = request.stream().iterator(); samples.hasNext(); ) {
            Npy.writeValues(out, samples.next().tensor().data());
        }
        out.flush();
    }
}
