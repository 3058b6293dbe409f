package dev.ganzoo.zoo.visualize;

import dev.ganzoo.zoo.files.AtomicFiles;
import dev.ganzoo.zoo.image.Gif;
import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.image.UnitImages;
import dev.ganzoo.zoo.tensor.Npy;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Images that were found, and how they came about. Immutable; its arrays and tensors are not to be written. */
public final class Visualization {
    private static final Duration FRAME_DELAY = Duration.ofMillis(120);

    private final VisualizationRequest request;
    private final Tensor images;
    private final List<float[]> curve;
    private final boolean[] moved;
    private final List<byte[]> frames;

    Visualization(
            VisualizationRequest request, Tensor images, List<float[]> curve, boolean[] moved, List<byte[]> frames) {
        this.request = request;
        this.images = images;
        this.curve = List.copyOf(curve);
        this.moved = moved;
        this.frames = List.copyOf(frames);
    }

    /** How many images there are. */
    public int count() {
        return images.shape()[0];
    }

    /** The images, {@code (N, C, H, W)} in [0, 1]. */
    public Tensor images() {
        return images;
    }

    /** Image {@code n} with 8 bits a channel, not enlarged. */
    public BufferedImage image(int n) {
        return Pixels.image(UnitImages.toSigned(images), n);
    }

    /** What each image maximises: {@code cat}, {@code conv4:15}, {@code conv4:15@3,3}. */
    public List<String> titles() {
        return List.copyOf(request.target.titles());
    }

    /** How many steps were taken: fewer than asked for if the listener ended the search. */
    public int steps() {
        return curve.size() - 1;
    }

    /** Whether all steps were taken. */
    public boolean complete() {
        return steps() == request.steps();
    }

    /**
     * The objective of image {@code n} after 0, 1, …, {@link #steps} steps, without penalties. All but the last are of the
     * image as the network saw it in the next step: shifted, turned and enlarged as asked for.
     */
    public float[] objectives(int n) {
        float[] objectives = new float[curve.size()];
        for (int step = 0; step < objectives.length; step++) {
            objectives[step] = curve.get(step)[n];
        }
        return objectives;
    }

    /** The objective of each image as it is now. */
    public float[] objectives() {
        return curve.get(curve.size() - 1).clone();
    }

    /** Images of which the network gave no gradient at any step (a dead unit): the search did not lead them. */
    public List<Integer> withoutGradient() {
        return IntStream.range(0, count()).filter(n -> !moved[n]).boxed().toList();
    }

    /** All images in one picture with their titles, enlarged to be seen; its PNG says how they were made. */
    public ImageGrid grid() {
        return Pictures.grid(images, request.target.titles()).text(describe());
    }

    /** The bytes of a PNG file of {@link #grid}. */
    public byte[] png() {
        return grid().png();
    }

    /** How many frames of progress were kept. */
    public int frames() {
        return frames.size();
    }

    /** The bytes of an animated GIF: the {@link #grid} from the start to the end. */
    public byte[] gif() {
        return gif(FRAME_DELAY);
    }

    /** {@link #gif()} with each frame standing for {@code delay}. */
    public byte[] gif(Duration delay) {
        List<String> titles = request.target.titles();
        List<BufferedImage> pictures = new ArrayList<>();
        for (byte[] frame : frames) {
            pictures.add(Pictures.grid(UnitImages.ofBytes(frame, images.shape()), titles)
                    .image());
        }
        return Gif.encode(pictures, delay);
    }

    /**
     * Saves what the name says: {@code .png} the grid, {@code .gif} the progress, {@code .npy} the float values; a name without
     * a dot, or an existing folder, one PNG for each image in that folder. Files appear whole or not at all.
     *
     * @throws IllegalArgumentException if the name says something else
     * @throws UncheckedIOException if the file cannot be written
     */
    public void save(Path path) {
        String name =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (Files.isDirectory(path) || !name.contains(".")) {
                saveEach(path);
            } else if (name.endsWith(".png")) {
                AtomicFiles.write(path, png());
            } else if (name.endsWith(".gif")) {
                AtomicFiles.write(path, gif());
            } else if (name.endsWith(".npy")) {
                AtomicFiles.write(path, this::writeNpy);
            } else {
                throw new IllegalArgumentException(
                        "cannot save a visualization to \"%s\": its name must end with .png, .gif or .npy, or be a folder's"
                                .formatted(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save a visualization to \"%s\": %s".formatted(path, e), e);
        }
    }

    /** How the images were made, as the text of a PNG. */
    public Map<String, String> describe() {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "GanZoo");
        text.put("model", request.source.name());
        text.put("preset", request.options.preset().name());
        text.put("seed", Long.toString(request.options.seed()));
        text.putAll(request.options.settings().describe());
        text.put("steps", Integer.toString(steps()));
        text.put("objectives", Arrays.toString(objectives()));
        return text;
    }

    private void saveEach(Path folder) throws IOException {
        List<String> titles = titles();
        Map<String, String> text = describe();
        float[] objectives = objectives();
        for (int n = 0; n < count(); n++) {
            text.put("title", titles.get(n));
            text.put("objectives", Float.toString(objectives[n]));
            String title = titles.get(n).replaceAll("[^\\p{L}\\p{N}._-]", "_");
            AtomicFiles.write(folder.resolve("%06d-%s.png".formatted(n, title)), Png.encode(image(n), text));
        }
    }

    private void writeNpy(FileChannel channel) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        Npy.writeHeader(out, images.shape());
        Npy.writeValues(out, images.data());
        out.flush();
    }
}
