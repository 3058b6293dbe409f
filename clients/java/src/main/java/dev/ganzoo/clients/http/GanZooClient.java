package dev.ganzoo.clients.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Models on a GanZoo server, with the words that {@code Zoo} has in process.
 *
 * <pre>{@code
 * try (GanZooClient zoo = GanZooClient.connect("http://localhost:8080")) {
 *     zoo.model("sngan-proj").sample(16).ofClass("ship").truncation(0.8).seed(42).grid().save(Path.of("ships.png"));
 *     zoo.model("cifar10-classifier").attack(Files.readAllBytes(photo)).pgd().epsilon("8/255").targeted("cat").run();
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. A busy server (503 with Retry-After) is asked again, three times by default; no other
 * failure is retried. What the server refuses is a {@link GanZooException}; a server that cannot be reached or does not
 * answer in time is an {@link java.io.UncheckedIOException}; use after close is an {@link IllegalStateException}.
 */
public final class GanZooClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int RETRIES = 3;

    private final Transport transport;

    private GanZooClient(Transport transport) {
        this.transport = transport;
    }

    /**
     * A client of the server at {@code url}, which is asked nothing yet.
     *
     * @param url {@code http://localhost:8080}; a path before {@code /v1} may follow
     * @throws IllegalArgumentException if it is not an address of HTTP
     */
    public static GanZooClient connect(String url) {
        return connect(url, TIMEOUT, RETRIES);
    }

    /**
     * @param timeout how long one request may take, by default two minutes
     * @param retries how often a busy server is asked again, by default 3
     * @see #connect(String)
     */
    public static GanZooClient connect(String url, Duration timeout, int retries) {
        Objects.requireNonNull(timeout, "timeout");
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be at least 0, got " + retries);
        }
        URI server = URI.create(url.endsWith("/") ? url : url + "/");
        if (server.getHost() == null || !List.of("http", "https").contains(server.getScheme())) {
            throw new IllegalArgumentException("url must be as http://localhost:8080, got \"%s\"".formatted(url));
        }
        return new GanZooClient(new Transport(server, timeout, retries));
    }

    /** Every model that the server knows, also those it cannot use, with the reason. */
    public List<ModelInfo> models() {
        List<ModelInfo> all = new ArrayList<>();
        transport
                .get("v1/models")
                .path("models")
                .forEach(model -> all.add(model(model.path("name").asText()).info()));
        return List.copyOf(all);
    }

    /** A model by name, which is not asked for yet: an unknown one is refused when it is used. */
    public RemoteModel model(String name) {
        return new RemoteModel(transport, name);
    }

    /** The names of the attacks that the server knows. */
    public List<String> attackNames() {
        return names("v1/attacks", "attacks");
    }

    /** The names of the images that the server has to try attacks on: {@code model.attack(Source.sample("ship-1"))}. */
    public List<String> sampleNames() {
        return names("v1/samples", "samples");
    }

    private List<String> names(String path, String list) {
        List<String> names = new ArrayList<>();
        transport
                .get(path)
                .path(list)
                .forEach(each -> names.add(each.path("name").asText()));
        return List.copyOf(names);
    }

    /** Whether the server has models and takes requests. */
    public boolean isReady() {
        return transport.status("v2/health/ready") == 200;
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        transport.close();
    }

    @Override
    public String toString() {
        return "GanZooClient[%s]".formatted(transport.server());
    }
}
