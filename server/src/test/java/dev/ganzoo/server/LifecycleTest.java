package dev.ganzoo.server;

import static dev.ganzoo.server.RunningServer.header;
import static dev.ganzoo.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.zoo.TinyModels;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, many requests at once, stopping. */
@Tag("native")
class LifecycleTest {
    private static final String SAMPLE = "/v1/models/tiny/sample";

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeModel() throws IOException {
        TinyModels.write(folder.resolve("tiny"));
    }

    @Test
    void aFolderWithoutModelsIsServedButNotReady(@TempDir Path empty) throws Exception {
        try (RunningServer server = new RunningServer(empty, Limits.DEFAULT)) {
            boolean bundled = !server.server().models().isEmpty();
            assertThat(server.server().folder()).isEqualTo(empty);
            assertThat(server.get("/").statusCode()).isEqualTo(200);
            assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(bundled ? 200 : 503);
            assertThat(json(server.get("/v2/health/ready")).get("ready").asBoolean())
                    .isEqualTo(bundled);
            assertThat(server.get("/v1/models/tiny").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            GanZooServer server = GanZooServer.builder()
                    .models(folder)
                    .port(taken.getLocalPort())
                    .build();
            assertThatThrownBy(server::start)
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1 port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port, or 0 for a free one");
        }
    }

    @Test
    void startsOnceAndClosesOften() {
        GanZooServer server = GanZooServer.builder().models(folder).port(0).build();
        server.start();
        assertThat(server.isReady()).isTrue();
        assertThatThrownBy(server::start).hasMessage("a server can be started once; build another");
        server.close();
        server.close();
        assertThat(server.isReady()).isFalse();
        GanZooServer.builder().build().close();
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> GanZooServer.builder().port(65536)).hasMessage("port must be in 0..65535, got 65536");
        assertThatThrownBy(() -> GanZooServer.builder().maxCount(0)).hasMessage("max count must be at least 1, got 0");
        assertThatThrownBy(() -> GanZooServer.builder().concurrency(0))
                .hasMessage("concurrency must be at least 1, got 0");
    }

    @Test
    void manyAtOnceGetWhatEachAskedFor() throws Exception {
        try (RunningServer server = new RunningServer(folder, Limits.DEFAULT)) {
            List<byte[]> expected = new ArrayList<>();
            for (int seed = 0; seed < 8; seed++) {
                expected.add(server.post(SAMPLE, body(seed), "image/png").body());
            }
            List<HttpResponse<byte[]>> answers = atOnce(64, i -> server.post(SAMPLE, body(i % 8), "image/png"));
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).body()).isEqualTo(expected.get(i % 8));
            }
        }
    }

    @Test
    void tooManyAtOnceAreToldToComeBack() throws Exception {
        Limits one = Limits.DEFAULT.withRunning(1).withWaiting(0, Duration.ZERO);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (RunningServer server = new RunningServer(folder, one)) {
            thread.submit(() -> server.server().admission().admit(() -> {
                running.countDown();
                return awaited(goOn);
            }));
            running.await();
            HttpResponse<byte[]> refused = server.get("/v1/models/tiny/samples/1.png");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(header(refused, "Retry-After")).isEqualTo("1");
            assertThat(json(refused).get("type").asText()).isEqualTo("urn:ganzoo:problem:overloaded");
            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/models").statusCode()).isEqualTo(200);
            goOn.countDown();
        } finally {
            goOn.countDown();
            thread.shutdown();
        }
    }

    @Test
    void closingLetsRequestsInFlightEnd() throws Exception {
        RunningServer server = new RunningServer(folder, Limits.DEFAULT);
        byte[] expected = server.post(SAMPLE, body(1), "image/png").body();
        CountDownLatch busy = new CountDownLatch(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<List<HttpResponse<byte[]>>>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            all.add(threads.submit(() -> untilRefused(server, busy)));
        }
        busy.await();
        server.close();
        threads.shutdown();
        for (Future<List<HttpResponse<byte[]>>> answers : all) {
            for (HttpResponse<byte[]> answer : answers.get()) {
                if (answer.statusCode() == 200) {
                    assertThat(answer.body()).isEqualTo(expected);
                } else {
                    assertThat(answer.statusCode()).isEqualTo(503);
                    assertThat(json(answer).get("type").asText()).isEqualTo("urn:ganzoo:problem:unavailable");
                }
            }
        }
        assertThatThrownBy(() -> server.get("/v1/models")).isInstanceOf(ConnectException.class);
    }

    /** Answers until the server cannot be reached any more; connections that were opened just then may be reset. */
    private static List<HttpResponse<byte[]>> untilRefused(RunningServer server, CountDownLatch busy)
            throws InterruptedException {
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        try {
            while (true) {
                answers.add(server.post(SAMPLE, body(1), "image/png"));
                busy.countDown();
            }
        } catch (IOException e) {
            return answers;
        }
    }

    private interface Ask {
        HttpResponse<byte[]> ask(int i) throws Exception;
    }

    private static List<HttpResponse<byte[]>> atOnce(int count, Ask ask) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<HttpResponse<byte[]>>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int which = i;
                calls.add(() -> ask.ask(which));
            }
            List<HttpResponse<byte[]>> answers = new ArrayList<>();
            for (Future<HttpResponse<byte[]>> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    private static String body(int seed) {
        return "{\"count\":20,\"seed\":%d}".formatted(seed);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
