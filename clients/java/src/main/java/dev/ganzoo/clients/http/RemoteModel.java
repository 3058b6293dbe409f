package dev.ganzoo.clients.http;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A model on a server. Immutable; safe for use by several threads. */
public final class RemoteModel {
    private final Transport transport;
    private final String name;

    RemoteModel(Transport transport, String name) {
        this.transport = transport;
        this.name = name;
    }

    /** The name it is asked for by. */
    public String name() {
        return name;
    }

    /**
     * What the model is.
     *
     * @throws GanZooException if the server knows none of that name
     */
    public ModelInfo info() {
        return ModelInfo.of(transport.get(path()));
    }

    /** Names of the classes; empty if the model is unconditional. @see #info */
    public List<String> labels() {
        return info().labels();
    }

    /** A request for {@code count} images, by default of random classes under a random seed. */
    public SampleRequest sample(int count) {
        return SampleRequest.of(this, count);
    }

    /**
     * A request for {@code frames} images on a path between latents or classes, by default between two random latents of a
     * random class.
     */
    public InterpolationRequest interpolate(int frames) {
        return InterpolationRequest.of(this, frames);
    }

    HttpResponse<byte[]> ask(Map<String, Object> body, String accept) {
        return transport.post(path() + "/sample", body, accept);
    }

    private String path() {
        return "v1/models/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
