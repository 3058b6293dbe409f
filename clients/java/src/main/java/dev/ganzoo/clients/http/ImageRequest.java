package dev.ganzoo.clients.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Images asked of a model. The methods here ask the server, each time anew and each time with the same result, since seeds
 * are drawn here. Requests are immutable and safe for use by several threads.
 *
 * <p>The server checks what is asked: every method here throws {@link GanZooException} if it refuses.
 */
public abstract sealed class ImageRequest permits SampleRequest, InterpolationRequest {
    /** Random seeds stay below this, short enough to be noted and typed. */
    private static final long RANDOM_SEEDS = 1L << 32;

    final RemoteModel model;
    /** The body of the request. */
    final Map<String, Object> fields;

    ImageRequest(RemoteModel model, Map<String, Object> fields) {
        this.model = model;
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** All images in order, each with its class. */
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode image : Transport.json(ask("application/json").body()).path("images")) {
            try {
                samples.add(new Sample(
                        image.path("index").asLong(),
                        image.path("class").asText(null),
                        image.path("png").binaryValue()));
            } catch (IOException e) {
                throw new UncheckedIOException("the server's answer has no png of an image", e);
            }
        }
        return List.copyOf(samples);
    }

    /** All images in order, as 8 bits a channel. */
    public List<BufferedImage> images() {
        return samples().stream().map(Sample::image).toList();
    }

    /** All images as the network gives them: {@code (N, C, H, W)} in [-1, 1]. */
    public Tensor tensor() {
        HttpResponse<byte[]> answer = ask("application/octet-stream");
        int[] shape = Arrays.stream(
                        answer.headers().firstValue("GanZoo-Shape").orElse("").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        float[] data = new float[answer.body().length / Float.BYTES];
        ByteBuffer.wrap(answer.body())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(data);
        return new Tensor(shape, data);
    }

    /** All images in one picture, drawn by the server. */
    public Picture grid() {
        return new Picture(png());
    }

    /** The bytes of a PNG file: the image alone if it is one, else a grid. */
    public byte[] png() {
        return ask("image/png").body();
    }

    /** The bytes of an animated GIF with the images as frames. */
    public byte[] gif() {
        return ask("image/gif").body();
    }

    /**
     * Saves the images as the name says: {@code .png} a grid, {@code .gif} an animation, {@code .npy} the float values; a
     * name without a dot, or an existing folder, one PNG for each image in that folder. Files appear whole or not at all.
     *
     * @throws IllegalArgumentException if the name says something else
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    public void save(Path path) {
        String name =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(path) || !name.contains(".")) {
            samples().forEach(sample -> Pictures.write(path.resolve(fileName(sample)), sample.png()));
        } else if (name.endsWith(".png")) {
            Pictures.write(path, png());
        } else if (name.endsWith(".gif")) {
            Pictures.write(path, gif());
        } else if (name.endsWith(".npy")) {
            Pictures.write(path, ask("application/x-npy").body());
        } else {
            throw new IllegalArgumentException(
                    "cannot save images to \"%s\": its name must end with .png, .gif or .npy, or be a folder's"
                            .formatted(path));
        }
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(fields, model.name());
    }

    /** The fields with this one set, and the others left out. */
    Map<String, Object> with(String field, Object value, String... without) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.keySet().removeAll(List.of(without));
        changed.put(field, value);
        return changed;
    }

    static long randomSeed() {
        return ThreadLocalRandom.current().nextLong(RANDOM_SEEDS);
    }

    /** What is sent, if more than the fields are. */
    Map<String, Object> body() {
        return fields;
    }

    private HttpResponse<byte[]> ask(String accept) {
        return model.ask(body(), accept);
    }

    private static String fileName(Sample sample) {
        String label = sample.label() == null ? "" : "-" + sample.label().replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return "%06d%s.png".formatted(sample.index(), label);
    }
}
