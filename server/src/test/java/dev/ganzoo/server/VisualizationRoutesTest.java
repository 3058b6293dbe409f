package dev.ganzoo.server;

import static dev.ganzoo.server.AttackRoutesTest.assertProblem;
import static dev.ganzoo.server.RunningServer.header;
import static dev.ganzoo.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.runtime.Device;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST …/visualize} and what belongs to it. */
@Tag("native")
class VisualizationRoutesTest {
    private static final String VISUALIZE = "/v1/models/tiny-classifier/visualize";

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Classifier classifier;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Event(String name, JsonNode data) {}

    @BeforeAll
    static void start() throws Exception {
        Path zip = TinyModels.writeClassifier(folder.resolve("tiny-classifier.zip"));
        server = new RunningServer(folder, Limits.DEFAULT);
        classifier = Zoo.on(Device.cpu()).classifier(zip);
    }

    @AfterAll
    static void stop() {
        classifier.close();
        server.close();
    }

    @Test
    void drawsTheGridOfTheZoo() throws Exception {
        HttpResponse<byte[]> grid =
                server.post(VISUALIZE, "{\"classes\":[\"red\",2],\"preset\":\"course\",\"steps\":5}", "image/png");
        assertThat(header(grid, "Content-Type")).isEqualTo("image/png");
        assertThat(grid.body())
                .isEqualTo(classifier
                        .visualize()
                        .classes("red", "blue")
                        .preset("course")
                        .steps(5)
                        .run()
                        .png());
    }

    @Test
    void animatesTheProgress() throws Exception {
        HttpResponse<byte[]> gif = server.post(VISUALIZE, "{\"steps\":6,\"frames\":4}", "image/gif");
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif.body())));
        assertThat(reader.getNumImages(true)).isEqualTo(4);
    }

    @Test
    void tellsNumbers() throws Exception {
        String body = "{\"layer\":\"conv2\",\"channels\":\"0-1,5\",\"steps\":4,\"seed\":3,\"total_variation\":0.001}";
        JsonNode told = json(server.post(VISUALIZE, body, "application/json"));
        assertThat(told.get("images").findValuesAsText("title")).containsExactly("conv2:0", "conv2:1", "conv2:5");
        var found = classifier
                .visualize()
                .layer("conv2")
                .channels(0, 1, 5)
                .steps(4)
                .seed(3)
                .totalVariation(0.001)
                .run();
        assertThat(told.at("/images/2/objective").floatValue()).isEqualTo(found.objectives()[2]);
        assertThat(told.get("complete").asBoolean()).isTrue();
        assertThat(told.at("/settings/preset").asText()).isEqualTo("modern");
        assertThat(server.post(VISUALIZE, body, "application/json").body())
                .isEqualTo(server.post(VISUALIZE, body, "application/json").body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"layer\":\"conv2\",\"neuron\":[5,0,3],\"steps\":2}",
                "{\"layer\":\"conv2\",\"direction\":[1,0,0,0,0,0,0,0.5],\"steps\":2}",
                "{\"layer\":\"conv1\",\"dream\":true,\"sample\":\"ship-1\",\"steps\":2}",
                "{\"layer\":\"fc\",\"channels\":\"all\",\"steps\":2,\"start\":\"grey\",\"space\":\"pixels\"}",
                "{\"classes\":\"all\",\"steps\":2,\"optimizer\":\"adam\",\"jitter\":1,\"scale\":0.1,\"rotation\":5}"
            })
    void maximisesWhatever(String body) throws Exception {
        assertThat(server.post(VISUALIZE, body, "image/png").statusCode()).isEqualTo(200);
    }

    @Test
    void listsLayersAndPresets() throws Exception {
        JsonNode layers = json(server.get("/v1/models/tiny-classifier/layers")).get("layers");
        assertThat(layers.toString())
                .isEqualTo("[{\"name\":\"conv1\",\"shape\":[6,8,8]},{\"name\":\"conv2\",\"shape\":[8,4,4]},"
                        + "{\"name\":\"fc\",\"shape\":[5]}]");
        assertThat(json(server.get("/v1/presets")).findValuesAsText("name")).containsExactly("course", "modern");
    }

    @Test
    void tellsProgressAsEvents() throws Exception {
        List<Event> events = new ArrayList<>();
        try (Stream<String> lines = stream("{\"classes\":[\"red\"],\"steps\":6,\"preview_every\":3}")) {
            eventsOf(lines).forEachRemaining(events::add);
        }
        assertThat(events)
                .extracting(Event::name)
                .containsExactly(
                        "start", "progress", "progress", "progress", "progress", "progress", "progress", "done");
        assertThat(events.get(0).data().get("total").asInt()).isEqualTo(6);
        assertThat(events.get(1).data().has("preview")).isFalse();
        byte[] preview = events.get(3).data().get("preview").binaryValue();
        assertThat(ImageIO.read(new ByteArrayInputStream(preview)).getWidth()).isGreaterThan(90);
        JsonNode done = events.get(7).data();
        assertThat(done.get("end").asText()).isEqualTo("complete");
        HttpResponse<byte[]> png = server.get(done.at("/links/png").asText());
        assertThat(png.body()).isEqualTo(done.get("grid").binaryValue());
        assertThat(server.get(done.at("/links/gif").asText()).body()).startsWith('G', 'I', 'F');
        String id = "/v1/visualizations/" + done.get("id").asText();
        assertThat(delete(id).statusCode()).isEqualTo(204);
        assertProblem(delete(id), 404, "unknown-visualization", "id", "the last 16 are kept");
        assertProblem(server.get(id + ".png"), 404, "unknown-visualization", "id", "no visualization");
    }

    @Test
    @Timeout(60)
    void endsWhenItIsCancelled() throws Exception {
        try (Stream<String> lines = stream("{\"classes\":[\"red\"],\"steps\":50000}")) {
            Iterator<Event> events = eventsOf(lines);
            String id = events.next().data().get("cancel").asText();
            events.next();
            assertThat(delete(id).statusCode()).isEqualTo(204);
            Event last = null;
            while (events.hasNext()) {
                last = events.next();
            }
            assertThat(last.name()).isEqualTo("done");
            assertThat(last.data().get("complete").asBoolean()).isFalse();
            assertThat(last.data().get("end").asText()).isEqualTo("cancelled");
            assertThat(last.data().get("steps").asInt()).isLessThan(50_000);
        }
    }

    /** Only one runs at a time here, and the next waits for the one whose client went away. */
    @Test
    @Timeout(60)
    void endsWhenNobodyListens() throws Exception {
        Limits one = Limits.DEFAULT.withRunning(1).withWaiting(1, Duration.ofMinutes(1));
        try (RunningServer alone = new RunningServer(folder, one)) {
            Stream<String> lines = stream(alone, "{\"classes\":[\"red\"],\"steps\":50000,\"preview_every\":1}");
            eventsOf(lines).next();
            lines.close();
            assertThat(alone.post(VISUALIZE, "{\"steps\":1}", "image/png").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    @Timeout(60)
    void endsWhenTheServerStops() throws Exception {
        RunningServer closing = new RunningServer(folder, Limits.DEFAULT);
        try (Stream<String> lines = stream(closing, "{\"classes\":[\"red\"],\"steps\":50000}")) {
            Iterator<Event> events = eventsOf(lines);
            events.next();
            closing.close();
            Event last = null;
            while (events.hasNext()) {
                last = events.next();
            }
            assertThat(last.data().get("end").asText()).isEqualTo("stopping");
        }
        assertThatThrownBy(() -> closing.get("/v1/models")).isInstanceOf(IOException.class);
    }

    @Test
    void theTimeIsBounded() throws Exception {
        Limits none = Limits.DEFAULT.withStudy(Limits.Study.DEFAULT.withTime(Duration.ZERO));
        try (RunningServer strict = new RunningServer(folder, none)) {
            assertProblem(strict.post(VISUALIZE, "{}", "*/*"), 504, "time-limit", null, "not done within 0 s");
            List<Event> events = new ArrayList<>();
            try (Stream<String> lines = stream(strict, "{}")) {
                eventsOf(lines).forEachRemaining(events::add);
            }
            assertThat(events.get(events.size() - 1).data().get("end").asText()).isEqualTo("time-limit");
        }
    }

    @Test
    void whatGoesWrongInAStreamIsAnEvent() throws Exception {
        List<Event> events = new ArrayList<>();
        try (Stream<String> lines = stream("{\"steps\":50,\"rate\":1e300,\"optimizer\":\"ascent\"}")) {
            eventsOf(lines).forEachRemaining(events::add);
        }
        Event last = events.get(events.size() - 1);
        assertThat(last.name()).isEqualTo("problem");
        assertThat(last.data().get("field").asText()).isEqualTo("rate");
        assertThat(last.data().get("detail").asText()).contains("is not finite at step");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"classes":["redd"]}                           | unknown-class  | classes       | did you mean "red"?
            {"classes":[9]}                                | unknown-class  | classes       | must be in 0..4, got 9
            {"classes":["red"],"layer":"fc"}               | invalid-value  | layer         | together with classes
            {"layer":"conv9"}                              | invalid-value  | layer         | did you mean "conv1"?
            {"layer":"fc","neuron":[1,0,0],"dream":true}   | invalid-value  | dream         | together with neuron
            {"channels":[1]}                               | invalid-value  | channels      | channels needs layer
            {"layer":"fc","channels":[5]}                  | invalid-value  | channels      | must be in 0..4, got 5
            {"layer":"fc","channels":"2-x"}                | invalid-value  | channels      | text such as "0-15,32"
            {"layer":"conv2","neuron":[1,2]}               | invalid-value  | neuron        | got 2 numbers
            {"layer":"conv2","neuron":[1,2,9]}             | invalid-value  | neuron        | must be in 0..3, got 9
            {"layer":"conv2","direction":[1]}              | invalid-value  | direction     | must have 8 or 128 weights
            {"layer":"conv2","dream":true}                 | invalid-value  | image         | exactly one of image
            {"sample":"ship-1"}                            | invalid-value  | image         | an image needs dream
            {"preset":"curse"}                             | invalid-value  | preset        | did you mean "course"?
            {"steps":0}                                    | invalid-value  | steps         | must be in 1..100000, got 0
            {"steps":20000}                                | limit-exceeded | steps         | got 20000 × 5
            {"frames":1000}                                | limit-exceeded | frames        | must be at most
            {"optimizer":"sgd"}                            | invalid-value  | optimizer     | unknown optimizer "sgd"
            {"start":"black"}                              | invalid-value  | start         | unknown start "black"
            {"total_variation":-1}                         | invalid-value  | total_variation | weight of total_variation
            {"preview_every":-1}                           | invalid-value  | preview_every | at least 0, got -1
            {"stepz":1}                                    | unknown-field  | stepz         | did you mean "steps"?
            """)
    void refusals(String body, String type, String field, String detail) throws Exception {
        assertProblem(server.post(VISUALIZE, body, "text/event-stream"), 400, type, field, detail);
    }

    private static HttpResponse<byte[]> delete(String path) throws Exception {
        return server.send(HttpRequest.newBuilder(server.address(path)).DELETE());
    }

    private static Stream<String> stream(String body) throws Exception {
        return stream(server, body);
    }

    private static Stream<String> stream(RunningServer of, String body) throws Exception {
        URI address = of.address(VISUALIZE);
        HttpRequest request = HttpRequest.newBuilder(address)
                .headers("Content-Type", "application/json", "Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<Stream<String>> answer = HTTP.send(request, BodyHandlers.ofLines());
        assertThat(header(answer, "Content-Type")).startsWith("text/event-stream");
        return answer.body();
    }

    /** Each event is two lines and an empty one. */
    private static Iterator<Event> eventsOf(Stream<String> lines) {
        Iterator<String> all = lines.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Event next() {
                String name = all.next().substring("event: ".length());
                String data = all.next().substring("data: ".length());
                all.next();
                try {
                    return new Event(name, Json.read(data.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }
}
