package dev.ganzoo.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.runtime.Device;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A server on a free port, and requests to it. */
final class RunningServer implements AutoCloseable {
    /** So that a test fails in place of hanging. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final GanZooServer server;

    RunningServer(Path models, Limits limits) {
        server = GanZooServer.builder()
                .models(models)
                .port(0)
                .device(Device.cpu())
                .limits(limits)
                .build()
                .start();
    }

    GanZooServer server() {
        return server;
    }

    URI address(String path) {
        return server.uri().resolve(path);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<byte[]> post(String path, String json, String accept) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .POST(BodyPublishers.ofString(json)));
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return Json.read(response.body());
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public void close() {
        server.close();
    }
}
