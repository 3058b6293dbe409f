package dev.ganzoo.clients.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

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

    /** An attack on an image: the bytes of a PNG, JPEG, BMP or GIF file. */
    public AttackRequest attack(byte[] image) {
        return attack(Source.image(image));
    }

    /** An attack on an image of any source. */
    public AttackRequest attack(Source source) {
        return AttackRequest.of(this, source);
    }

    /** Requests for images that classes or parts of layers respond to most. */
    public Visualizer visualize() {
        return new Visualizer(this);
    }

    /** The layers of a classifier with the shapes of their activations: (C, H, W) or (F), from the image on. */
    public Map<String, List<Integer>> layers() {
        Map<String, List<Integer>> layers = new LinkedHashMap<>();
        for (JsonNode layer : transport.get(path() + "/layers").path("layers")) {
            List<Integer> shape = new ArrayList<>();
            layer.path("shape").forEach(extent -> shape.add(extent.asInt()));
            layers.put(layer.path("name").asText(), List.copyOf(shape));
        }
        return Collections.unmodifiableMap(layers);
    }

    HttpResponse<byte[]> ask(Map<String, Object> body, String accept) {
        return ask("sample", body, accept);
    }

    HttpResponse<byte[]> ask(String verb, Map<String, Object> body, String accept) {
        return transport.post(path() + "/" + verb, body, accept);
    }

    void events(String verb, Map<String, Object> body, BiConsumer<String, JsonNode> heard) {
        transport.events(path() + "/" + verb, body, heard);
    }

    /** What is at a link of the server's. */
    byte[] fetch(String link, String accept) {
        return transport.fetch(link.substring(1), accept);
    }

    void cancel(String link) {
        transport.delete(link.substring(1));
    }

    private String path() {
        return "v1/models/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
