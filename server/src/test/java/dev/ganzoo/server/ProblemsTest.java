package dev.ganzoo.server;

import static dev.ganzoo.server.RunningServer.header;
import static dev.ganzoo.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.random.Randomness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is told as a problem document. */
@Tag("native")
class ProblemsTest {
    private static final String SAMPLE = "/v1/models/tiny/sample";

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        TinyModels.write(folder.resolve("tiny"));
        Files.createDirectories(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken/card.json"), "{");
        server = new RunningServer(folder, Limits.DEFAULT.withCount(100));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"count":3                        | invalid-json   |                   | not json at line 1
            {"count":1} x                     | invalid-json   |                   | not json at line 1
            {"count":1,"count":2}             | invalid-json   |                   | Duplicate field 'count'
            [1]                               | invalid-json   |                   | must be a json object, got a list
            {"cuont":3}                       | unknown-field  | cuont             | did you mean "count"?
            {"count":0}                       | invalid-value  | count             | count must be at least 1, got 0
            {"count":-1}                      | invalid-value  | count             | got -1
            {"count":1.5}                     | invalid-value  | count             | whole number of 32 bits, got 1.5
            {"count":"3"}                     | invalid-value  | count             | got "3"
            {"count":99999999999}             | invalid-value  | count             | got 99999999999
            {"count":101}                     | limit-exceeded | count             | at most 100 in one request, got 101
            {"count":40,"each_class":true}    | limit-exceeded | count             | got 120
            {"frames":101}                    | limit-exceeded | frames            | frames must be at most 100
            {"class":"shp"}                   | unknown-class  | class             | did you mean "ship"?
            {"class":3}                       | unknown-class  | class             | must be in 0..2, got 3
            {"class":true}                    | invalid-value  | class             | name or index of a class, got true
            {"classes":[]}                    | invalid-value  | classes           | list of at least one, got an empty list
            {"classes":["cat","dog"]}         | unknown-class  | classes           | unknown class "dog"
            {"class":"cat","classes":["cat"]} | invalid-value  | classes           | cannot be given together with class
            {"blend":{"cat":-1}}              | invalid-value  | blend             | weight of class "cat" must be at least 0
            {"blend":{"cat":"x"}}             | invalid-value  | blend.cat         | blend.cat must be a number
            {"blend":{"cow":1}}               | invalid-value  | blend             | unknown class "cow"
            {"truncation":-1}                 | invalid-value  | truncation        | must be in (0, 2], got -1
            {"truncation":1e999}              | invalid-value  | truncation        | truncation must be
            {"truncation":"NaN"}              | invalid-value  | truncation        | truncation must be
            {"truncation":[1]}                | invalid-value  | truncation        | got a list
            {"truncation":{"method":"other"}} | invalid-value  | truncation.method | scaled or resampled, got "other"
            {"truncation":{"method":"scaled"}}| invalid-value  | truncation.value  | a number, got nothing
            {"truncation":{"metod":"scaled"}} | unknown-field  | truncation.metod  | did you mean "method"?
            {"seed":1.5}                      | invalid-value  | seed              | whole number of 64 bits, got 1.5
            {"seed":99999999999999999999}     | invalid-value  | seed              | 64 bits
            {"index":-1}                      | invalid-value  | index             | index must be at least 0
            {"scale":65}                      | invalid-value  | scale             | scale must be in 1..64, got 65
            {"columns":0}                     | invalid-value  | columns           | columns must be at least 1, got 0
            {"latents":1}                     | invalid-value  | latents           | must be true or false, got 1
            {"frames":1}                      | invalid-value  | frames            | frames must be at least 2, got 1
            {"frames":3,"count":2}            | invalid-value  | count             | cannot be given together with frames
            {"loop":true}                     | invalid-value  | loop              | loop needs frames
            {"frames":3,"seed":1,"seeds":[1]} | invalid-value  | seeds             | cannot be given together with seed
            """)
    void bodies(String body, String type, String field, String detail) throws Exception {
        assertProblem(server.post(SAMPLE, body, "application/json"), 400, type, field, detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            42.png?trunction=1        | unknown-parameter | trunction  | did you mean "truncation"?
            42.png?truncation=abc     | invalid-value     | truncation | got "abc"
            42.png?truncation=-1      | invalid-value     | truncation | truncation must be in (0, 2], got -1
            42.png?truncation=NaN     | invalid-value     | truncation | truncation must be
            42.png?index=x            | invalid-value     | index      | whole number of 64 bits, got "x"
            42.png?index=-1           | invalid-value     | index      | got -1
            42.png?class=shp          | unknown-class     | class      | did you mean "ship"?
            42.png?class=             | unknown-class     | class      | unknown class ""
            42.png?class=cat&class=x  | invalid-value     | class      | class must be given once, got [cat, x]
            42.png?scale=0            | invalid-value     | scale      | scale must be in 1..64, got 0
            42.png?scale=9999999999   | invalid-value     | scale      | 32 bits
            -1.png                    | invalid-value     | seed       | seed must be given here
            abc.png                   | invalid-value     | seed       | got "abc"
            1e3.png                   | invalid-value     | seed       | got "1e3"
            """)
    void queries(String image, String type, String field, String detail) throws Exception {
        assertProblem(server.get("/v1/models/tiny/samples/" + image), 400, type, field, detail);
    }

    @Test
    void picturesThatAreTooLarge() throws Exception {
        String body = "{\"count\":100,\"scale\":64}";
        assertThat(server.post(SAMPLE, body, "image/png").statusCode()).isEqualTo(200);
        try (RunningServer strict = new RunningServer(folder, Limits.DEFAULT.withPixels(100))) {
            assertProblem(
                    strict.post(SAMPLE, "{\"count\":7}", "*/*"),
                    400,
                    "limit-exceeded",
                    "count",
                    "at most 100, got 7 × 4 × 4");
            assertProblem(
                    strict.get("/v1/models/tiny/samples/1.png?scale=3"), 400, "limit-exceeded", "scale", "scale 3²");
        }
    }

    @Test
    void unknownModelsAreSuggested() throws Exception {
        String detail = "unknown model \"tinny\"; did you mean \"tiny\"?";
        assertProblem(server.get("/v1/models/tinny"), 404, "unknown-model", "model", detail);
        assertProblem(server.get("/v1/models/tinny/samples/1.png"), 404, "unknown-model", "model", detail);
        assertProblem(server.post("/v1/models/tinny/sample", "{}", "*/*"), 404, "unknown-model", "model", detail);
    }

    @Test
    void brokenModelsAreNamed() throws Exception {
        assertThat(server.get("/v1/models/broken").statusCode()).isEqualTo(200);
        assertProblem(server.get("/v1/models/broken/samples/1.png"), 503, "model-unavailable", "model", "card.json");
    }

    @Test
    void unknownParametersAreRefusedEverywhere() throws Exception {
        assertProblem(server.get("/v1/models?x=1"), 400, "unknown-parameter", "x", "(known: none)");
        assertProblem(server.post(SAMPLE + "?count=1", "{}", "*/*"), 400, "unknown-parameter", "count", "none");
    }

    @Test
    void formsThatThereAreNot() throws Exception {
        assertProblem(server.post(SAMPLE, "{}", "text/html"), 406, "not-acceptable", "Accept", "image/png, image/gif");
    }

    @Test
    void bodiesThatAreNotJson() throws Exception {
        HttpRequest.Builder form = HttpRequest.newBuilder(server.address(SAMPLE))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{}"));
        assertProblem(server.send(form), 415, "unsupported-media-type", "Content-Type", "must be application/json");
    }

    @Test
    void bodiesThatAreTooLarge() throws Exception {
        byte[] large = "{\"class\":\"".repeat(Limits.DEFAULT.body()).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder known = HttpRequest.newBuilder(server.address(SAMPLE));
        assertProblem(
                server.send(known.POST(BodyPublishers.ofByteArray(large))), 413, "body-too-large", null, "65536 bytes");
        HttpRequest.Builder chunked = HttpRequest.newBuilder(server.address(SAMPLE));
        assertProblem(
                server.send(chunked.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
                413,
                "body-too-large",
                null,
                "65536 bytes");
    }

    @Test
    void otherMethods() throws Exception {
        HttpRequest.Builder delete = HttpRequest.newBuilder(server.address("/v1/models"));
        assertProblem(server.send(delete.DELETE()), 405, "method-not-allowed", null, "DELETE /v1/models");
        assertProblem(server.get(SAMPLE), 405, "method-not-allowed", null, "GET " + SAMPLE);
    }

    @ParameterizedTest
    @MethodSource
    void otherPaths(String path) throws Exception {
        assertProblem(server.get(path), 404, "not-found", null, "see GET /v1/models");
    }

    static Stream<String> otherPaths() {
        RandomGenerator random = Randomness.of(1).forPurpose("paths").at(0);
        Stream<String> made = IntStream.range(0, 40)
                .mapToObj(i -> IntStream.rangeClosed(0, i % 4)
                        .mapToObj(part -> Integer.toString(random.nextInt(1 << 30), 36))
                        .collect(Collectors.joining("/", "/", "")));
        return Stream.concat(
                made, Stream.of("/v1", "/v1/models/tiny/x", "/v1/models/tiny/samples/1.jpg", "/studio", "/v2/health"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /%zz HTTP/1.1", "GET /../../etc/passwd HTTP/1.1", "GET /a/..;/b HTTP/1.1"})
    void addressesThatAreNone(String line) throws Exception {
        assertThat(raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("urn:ganzoo:problem:bad-request")
                .doesNotContainIgnoringCase("jetty");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.server().port());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String type, String field, String detail)
            throws IOException {
        JsonNode problem = json(answer);
        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(problem.get("type").asText()).isEqualTo("urn:ganzoo:problem:" + type);
        assertThat(problem.path("field").asText(null)).isEqualTo(field);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }
}
