package dev.ganzoo.clients.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a server that fails as told. */
@Tag("pure")
class RetryTest {
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private GanZooClient client;
    private volatile int failures;
    private volatile int status = 503;
    private volatile String retryAfter = "0";
    private volatile String refusal = "{\"type\":\"urn:x\",\"detail\":\"busy\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean fails = requests.getAndIncrement() < failures;
            byte[] body = (fails ? refusal : "{\"models\":[]}").getBytes(StandardCharsets.UTF_8);
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(fails ? status : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String url = "http://%s:%d/some/path"
                .formatted(
                        InetAddress.getLoopbackAddress().getHostAddress(),
                        server.getAddress().getPort());
        client = GanZooClient.connect(url, Duration.ofMinutes(1), 2);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aBusyServerIsAskedAgain() {
        failures = 2;
        assertThat(client.models()).isEmpty();
        assertThat(requests).hasValue(3);
    }

    @Test
    void butNotForEver() {
        failures = 100;
        assertThatThrownBy(client::models).isInstanceOf(GanZooException.class).hasMessage("busy");
        assertThat(requests).hasValue(3);
    }

    @Test
    void nothingElseIsRetried() {
        failures = 100;
        status = 500;
        assertThatThrownBy(client::models).isInstanceOf(GanZooException.class);
        status = 503;
        retryAfter = null;
        assertThatThrownBy(client::models).isInstanceOf(GanZooException.class);
        retryAfter = "3600";
        assertThatThrownBy(client::models).isInstanceOf(GanZooException.class);
        assertThat(requests).hasValue(3);
    }

    @Test
    void answersThatAreNoProblemDocuments() {
        failures = 100;
        status = 502;
        refusal = "<html>bad gateway</html>";
        assertThatThrownBy(client::models)
                .isInstanceOfSatisfying(GanZooException.class, told -> {
                    assertThat(told.type()).isEqualTo("about:blank");
                    assertThat(told.status()).isEqualTo(502);
                })
                .hasMessage("the server answered 502");
    }
}
