package dev.ganzoo.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ganzoo.zoo.ImageRequest;
import dev.ganzoo.zoo.Sample;
import dev.ganzoo.zoo.SampleRequest;
import dev.ganzoo.zoo.image.ImageGrid;
import dev.ganzoo.zoo.tensor.Npy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The images that were asked for, as bytes of some form. Computing them is all the work of the server. */
final class Answer {
    private final ServedModel model;
    private final Asked asked;

    Answer(ServedModel model, Asked asked) {
        this.model = model;
        this.asked = asked;
    }

    byte[] as(Format format) {
        ImageRequest request = asked.request();
        return switch (format) {
            case PNG -> png();
            case GIF -> request.gif();
            case JSON -> json();
            case RAW -> raw();
            case NPY -> Npy.encode(request.tensor());
            case EVENTS -> throw new IllegalArgumentException("samples are not told as events");
        };
    }

    private byte[] png() {
        ImageRequest request = asked.request();
        if (asked.columns() == 0 || request.count() == 1) {
            return request.png();
        }
        ImageGrid grid = request.grid();
        return grid.columns(asked.columns()).png();
    }

    /** Float32, little endian, {@code (N, C, H, W)}. */
    private byte[] raw() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Npy.writeValues(out, asked.request().floats());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write floats in memory", e);
        }
        return out.toByteArray();
    }

    private byte[] json() {
        ObjectNode answer = Json.object();
        answer.put("model", model.name());
        answer.put("revision", model.revision());
        answer.put("truncation", asked.request().truncation().toString());
        boolean samples = asked.request() instanceof SampleRequest;
        if (samples) {
            answer.put("seed", asked.seeds().get(0));
        } else {
            asked.seeds().forEach(answer.putArray("seeds")::add);
        }
        ArrayNode images = answer.putArray("images");
        asked.request().stream().forEachOrdered(sample -> images.add(image(sample, samples)));
        return Json.write(answer);
    }

    private ObjectNode image(Sample sample, boolean addressable) {
        ObjectNode image = Json.object();
        image.put("index", sample.index());
        if (sample.label() >= 0) {
            image.put("class", model.card().labels().get(sample.label()));
            image.put("label", sample.label());
        }
        if (addressable && (sample.label() >= 0 || !model.card().conditional())) {
            image.put("href", address(sample));
        }
        if (asked.latents()) {
            floats(image.putArray("latent"), sample.latent());
            floats(image.putArray("weights"), sample.classWeights());
        }
        image.put("png", sample.png());
        return image;
    }

    /** Where the same bytes can be had by GET, but for the scale. */
    private String address(Sample sample) {
        StringBuilder address = new StringBuilder("/v1/models/%s/samples/%d.png?index=%d"
                .formatted(model.name(), asked.seeds().get(0), sample.index()));
        if (sample.label() >= 0) {
            String label = model.card().labels().get(sample.label());
            address.append("&class=").append(URLEncoder.encode(label, StandardCharsets.UTF_8));
        }
        return address.append("&truncation=")
                .append(asked.request().truncation())
                .append("&revision=")
                .append(model.revision())
                .toString();
    }

    private static void floats(ArrayNode array, float[] values) {
        for (float value : values) {
            array.add(value);
        }
    }
}
