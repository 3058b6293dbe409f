package dev.ganzoo.clients.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Requests and answers. A server that is busy is asked again, as often and as late as it may be. */
final class Transport implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long LONGEST_PAUSE_SECONDS = 10;

    private final URI server;
    private final Duration timeout;
    private final int retries;
    private final HttpClient http;
    private volatile boolean closed;

    Transport(URI server, Duration timeout, int retries) {
        this.server = server;
        this.timeout = timeout;
        this.retries = retries;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    URI server() {
        return server;
    }

    JsonNode get(String path) {
        return json(send(request(path, "application/json").GET()).body());
    }

    int status(String path) {
        return exchange(request(path, "*/*").GET().build(), BodyHandlers.ofByteArray())
                .statusCode();
    }

    byte[] fetch(String path, String accept) {
        return send(request(path, accept).GET()).body();
    }

    /** What is not there any more is as good as deleted. */
    void delete(String path) {
        HttpResponse<byte[]> answer = exchange(request(path, "*/*").DELETE().build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300 && answer.statusCode() != 404) {
            throw refusal(answer.statusCode(), answer.body());
        }
    }

    HttpResponse<byte[]> post(String path, Map<String, Object> body, String accept) {
        return send(posting(path, body, accept));
    }

    /** Calls back for each event of the answer, until it ends. What the callback throws ends the stream. */
    void events(String path, Map<String, Object> body, BiConsumer<String, JsonNode> heard) {
        HttpResponse<InputStream> answer =
                send(posting(path, body, "text/event-stream"), BodyHandlers.ofInputStream(), Transport::readAll);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String event = "message";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    heard.accept(event, json(line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the server's events ended: " + e.getMessage(), e);
        }
    }

    static UncheckedIOException cutShort() {
        return new UncheckedIOException(new EOFException("the server's events ended before the result"));
    }

    private static byte[] readAll(InputStream body) {
        try (body) {
            return body.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private HttpRequest.Builder posting(String path, Map<String, Object> body, String accept) {
        try {
            return request(path, accept)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a request does not write as json: " + body, e);
        }
    }

    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("the server's answer is not json: " + e.getMessage(), e);
        }
    }

    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(timeout).header("Accept", accept);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofByteArray(), body -> body);
    }

    /** @param content of an answer that is a refusal */
    private <T> HttpResponse<T> send(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler, Function<T, byte[]> content) {
        HttpRequest built = request.build();
        for (int attempt = 0; ; attempt++) {
            HttpResponse<T> answer = exchange(built, handler);
            if (answer.statusCode() < 300) {
                return answer;
            }
            byte[] refused = content.apply(answer.body());
            long pause = retryAfter(answer);
            if (answer.statusCode() != 503 || attempt >= retries || pause < 0) {
                throw refusal(answer.statusCode(), refused);
            }
            pause(pause);
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        if (closed) {
            throw new IllegalStateException("the client of %s is closed; connect again to use it".formatted(server));
        }
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new UncheckedIOException("cannot reach %s: %s".formatted(server, why), e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Seconds, or -1 if the server says none that is short enough to wait for. */
    private static long retryAfter(HttpResponse<?> answer) {
        try {
            long seconds =
                    Long.parseLong(answer.headers().firstValue("Retry-After").orElse("-1"));
            return seconds <= LONGEST_PAUSE_SECONDS ? seconds : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static void pause(long seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static UncheckedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(new InterruptedIOException("interrupted while waiting for the server"));
    }

    private static GanZooException refusal(int status, byte[] body) {
        try {
            return GanZooException.of(JSON.readTree(body), status);
        } catch (IOException e) {
            return new GanZooException("about:blank", status, null, "the server answered " + status);
        }
    }

    /** From Java 21 on, an HttpClient is closed, too. */
    @Override
    public void close() {
        closed = true;
        Object client = http;
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("the http client does not close", e);
            }
        }
    }
}
