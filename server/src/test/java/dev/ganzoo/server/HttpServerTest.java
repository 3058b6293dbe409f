package dev.ganzoo.server;

import static dev.ganzoo.server.RunningServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every route, with routes made up for it. */
@Tag("pure")
class HttpServerTest {
    private final AtomicReference<GanZooServer.State> state = new AtomicReference<>(GanZooServer.State.RUNNING);
    private Javalin server;

    @BeforeEach
    void start() {
        server = HttpServer.create(routes -> {
            HttpServer.refuseUnless(routes, state::get);
            routes.get("/v1/models", ctx -> ctx.result("models"));
            routes.get("/v2/health", ctx -> ctx.result("well"));
            routes.get("/exception", ctx -> {
                throw new IllegalStateException("a secret");
            });
            routes.get("/error", ctx -> {
                throw new StackOverflowError("a secret");
            });
        });
        server.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exception", "/error"})
    void failuresOfOursAreNotTold(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .doesNotContain("secret", "Exception", "Error\"", "\tat ");
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.get("type").asText()).isEqualTo("urn:ganzoo:problem:internal");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTING", "STOPPING"})
    void onlyARunningServerHasModels(GanZooServer.State other) throws Exception {
        assertThat(get("/v1/models").statusCode()).isEqualTo(200);
        state.set(other);
        HttpResponse<byte[]> answer = get("/v1/models");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isEqualTo("1");
        assertThat(Json.read(answer.body()).get("type").asText()).isEqualTo("urn:ganzoo:problem:unavailable");
        assertThat(get("/v2/health").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotSayWhatItIsMadeOf() throws Exception {
        assertThat(get("/v2/health").headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }
}
