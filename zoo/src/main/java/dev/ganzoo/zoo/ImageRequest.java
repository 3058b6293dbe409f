package dev.ganzoo.zoo;

import dev.ganzoo.zoo.image.Gif;
import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images asked of a generator. The methods here do the work, each time anew and each time with the same result: all
 * randomness comes from the seeds, and what a sample looks like does not depend on how many are computed with it.
 *
 * <p>Requests are immutable, cost nothing until a method here is called, and are safe for use by several threads. Methods
 * that compute throw {@link IllegalStateException} once the generator is closed.
 */
public abstract sealed class ImageRequest permits SampleRequest, InterpolationRequest {
    final Generator generator;

    ImageRequest(Generator generator) {
        this.generator = generator;
    }

    /** What image {@code i} of this request is made from. */
    record Origin(long index, int label, float[] latent, float[] classWeights, Map<String, String> text) {}

    /** How many images are asked for. */
    public abstract int count();

    /** How latents are truncated. */
    public abstract Truncation truncation();

    /** By how much pixels are enlarged; 1 for not at all. */
    abstract int scale();

    /** {@code i} in 0..count-1. */
    abstract Origin origin(int i);

    /** What all images have in common, for the text of a PNG of all. */
    abstract Map<String, String> describe();

    /** How many images stand in a row of the grid; 0 for as square as possible. */
    abstract int columns();

    abstract Duration frameDelay();

    /**
     * The samples in order, computed in pieces as they are asked for: any count passes through bounded memory, and a stream
     * that is cut short computes little more than was taken.
     */
    public Stream<Sample> stream() {
        return Batches.of(count(), generator.batch())
                .mapMulti((batch, sink) -> compute(batch).forEach(sink));
    }

    /** All samples in order, with their latents and classes. */
    public List<Sample> samples() {
        return stream().toList();
    }

    /** All images in order, as 8 bits a channel. */
    public List<BufferedImage> images() {
        return stream().map(Sample::image).toList();
    }

    /** All images as the network gives them: {@code (count, C, H, W)} in [-1, 1]. */
    public Tensor tensor() {
        ModelCard.ImageSpec image = generator.card().image();
        Tensor all = Tensor.zeros(count(), image.channels(), image.height(), image.width());
        int size = image.channels() * image.height() * image.width();
        int[] done = {0};
        stream()
                .forEachOrdered(
                        sample -> System.arraycopy(sample.tensor().data(), 0, all.data(), size * done[0]++, size));
        return all;
    }

    /** The values of {@link #tensor()}. */
    public float[] floats() {
        return tensor().data();
    }

    /** {@link #tensor()} as unsigned bytes 0..255: {@code (count, C, H, W)}. */
    public byte[] bytes() {
        return Pixels.bytes(tensor());
    }

    /** The latents the images are made from, without computing images: {@code (count, size)}. */
    public Tensor latents() {
        int size = generator.card().latent().size();
        return rows(size, IntStream.range(0, count()).mapToObj(i -> origin(i).latent()));
    }

    /** The class weights the images are made from: {@code (count, classes)}; null for an unconditional generator. */
    public Tensor classWeights() {
        int classes = generator.labels().size();
        return classes == 0
                ? null
                : rows(
                        classes,
                        IntStream.range(0, count()).mapToObj(i -> origin(i).classWeights()));
    }

    /** All images in one picture, which can be saved. */
    public ImageGrid grid() {
        ImageGrid grid = ImageGrid.of(images()).padding(2 * scale()).text(describe());
        return columns() > 0 ? grid.columns(columns()) : grid;
    }

    /** The bytes of a PNG file: the image alone if it is one, else a grid; model, seed and options stand in its text. */
    public byte[] png() {
        return count() == 1 ? stream().findFirst().orElseThrow().png() : grid().png();
    }

    /** The bytes of an animated GIF with the images as frames. */
    public byte[] gif() {
        return gif(frameDelay());
    }

    /** The bytes of an animated GIF with the images as frames, each standing for {@code delay}. */
    public byte[] gif(Duration delay) {
        return Gif.encode(images(), delay);
    }

    /**
     * Saves the images as the name says: {@code .png} a grid, {@code .gif} an animation, {@code .npy} the float values; a
     * name without a dot, or an existing folder, one PNG for each image in that folder. Files appear whole or not at all.
     *
     * @throws IllegalArgumentException if the name says something else
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void save(Path path) {
        Saving.save(this, path);
    }

    private List<Sample> compute(Batches.Batch batch) {
        List<Origin> origins =
                IntStream.range(batch.from(), batch.to()).mapToObj(this::origin).toList();
        Tensor latents = rows(generator.card().latent().size(), origins.stream().map(Origin::latent));
        int classes = generator.labels().size();
        Tensor weights = classes == 0 ? null : rows(classes, origins.stream().map(Origin::classWeights));
        Tensor images = generator.generate(latents, weights);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < origins.size(); i++) {
            Origin origin = origins.get(i);
            samples.add(new Sample(
                    origin.index(),
                    origin.label(),
                    origin.latent(),
                    origin.classWeights(),
                    slice(images, i),
                    scale(),
                    origin.text()));
        }
        return samples;
    }

    /** Begins the text that every PNG of the generator has. */
    Map<String, String> modelText() {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "GanZoo");
        text.put("model", generator.name());
        text.put("version", generator.card().version());
        text.put("truncation", truncation().toString());
        return text;
    }

    private static Tensor slice(Tensor images, int i) {
        int[] shape = images.shape();
        int size = shape[1] * shape[2] * shape[3];
        float[] one = new float[size];
        System.arraycopy(images.data(), i * size, one, 0, size);
        return Tensor.of(one, 1, shape[1], shape[2], shape[3]);
    }

    private static Tensor rows(int width, Stream<float[]> rows) {
        List<float[]> all = rows.toList();
        Tensor tensor = Tensor.zeros(all.size(), width);
        for (int i = 0; i < all.size(); i++) {
            System.arraycopy(all.get(i), 0, tensor.data(), i * width, width);
        }
        return tensor;
    }
}
