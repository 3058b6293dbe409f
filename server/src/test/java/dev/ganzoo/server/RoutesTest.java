package dev.ganzoo.server;

import static dev.ganzoo.server.RunningServer.header;
import static dev.ganzoo.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.latent.Truncation;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the routes answer when all is well. */
@Tag("native")
class RoutesTest {
    private static final String SAMPLE = "/v1/models/tiny/sample";
    private static final String IMAGE = "/v1/models/tiny/samples/42.png";

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Generator tiny;
    private static byte[] preview;

    @BeforeAll
    static void start() throws Exception {
        TinyModels.write(folder.resolve("tiny"));
        preview = Png.encode(Pixels.image(Tensor.zeros(1, 3, 2, 2), 0));
        ModelPackage.write(
                folder.resolve("plain.zip"),
                TinyModels.card("plain").labels(List.of()).image(1, 4, 4).build(),
                Map.of(ModelPackage.GENERATOR, TinyModels.network("unconditional"), ModelPackage.PREVIEW, preview));
        Files.createDirectories(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken/card.json"), "{");
        server = new RunningServer(folder, Limits.DEFAULT);
        tiny = Zoo.on(Device.cpu()).generator(folder.resolve("tiny"));
    }

    @AfterAll
    static void stop() {
        tiny.close();
        server.close();
    }

    @Test
    void listsModelsAndWhatIsWrongWithSome() throws Exception {
        JsonNode models = json(server.get("/v1/models")).get("models");
        assertThat(models.findValuesAsText("name")).contains("broken", "plain", "tiny");
        JsonNode broken = named(models, "broken");
        assertThat(broken.get("state").asText()).isEqualTo("unavailable");
        assertThat(broken.get("problem").asText()).contains("card.json");
        assertThat(named(models, "tiny").get("classes").asInt()).isEqualTo(3);
        assertThat(server.server().models()).containsEntry("tiny", "").containsKey("broken");
    }

    @Test
    void tellsWhatAModelIs() throws Exception {
        JsonNode card = json(server.get("/v1/models/tiny"));
        assertThat(card.get("labels")).hasSize(3);
        assertThat(card.at("/latent/size").asInt()).isEqualTo(8);
        assertThat(card.at("/image/width").asInt()).isEqualTo(4);
        assertThat(card.at("/truncation/recommended").asText()).isEqualTo("scaled:0.8");
        assertThat(card.at("/truncation/range/most").asDouble()).isEqualTo(2);
        assertThat(card.at("/provenance/step").asInt()).isEqualTo(10);
        assertThat(card.at("/limits/count").asInt()).isEqualTo(1024);
        assertThat(card.at("/links/sample").asText()).isEqualTo(SAMPLE);
        assertThat(card.has("files")).isFalse();
    }

    @Test
    void givesThePreview() throws Exception {
        String path = json(server.get("/v1/models/plain")).at("/links/preview").asText();
        HttpResponse<byte[]> answer = server.get(path);
        assertThat(answer.body()).isEqualTo(preview);
        assertThat(server.get(path, "If-None-Match", header(answer, "ETag")).statusCode())
                .isEqualTo(304);
        assertThat(server.get("/v1/models/tiny/preview.png").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready"})
    void tellsItsHealth(String probe) throws Exception {
        HttpResponse<byte[]> answer = server.get("/v2/health/" + probe);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"live\":true,\"ready\":true}");
    }

    @Test
    void givesThePageWithoutRoomForForeignScripts() throws Exception {
        HttpResponse<byte[]> page = server.get("/");
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Content-Security-Policy")).contains("script-src 'self'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(server.get("/", "If-None-Match", header(page, "ETag")).statusCode())
                .isEqualTo(304);
    }

    @Test
    void oneSampleIsTheSameAloneInABatchAndInProcess() throws Exception {
        String body = "{\"count\":40,\"class\":\"ship\",\"truncation\":0.8,\"seed\":42}";
        JsonNode image = json(server.post(SAMPLE, body, "application/json"))
                .get("images")
                .get(37);
        byte[] inBatch = png(image);
        assertThat(server.get(IMAGE + "?class=SHIP&truncation=0.8&index=37").body())
                .isEqualTo(inBatch);
        assertThat(server.get(image.get("href").asText()).body()).isEqualTo(inBatch);
        var inProcess = tiny.sample(1).ofClass("ship").truncation(0.8).seed(42).firstIndex(37);
        assertThat(inProcess.png()).isEqualTo(inBatch);
    }

    @Test
    void aGridIsThatOfTheZooAndSaysHowItWasMade() throws Exception {
        String body = "{\"count\":4,\"class\":1,\"truncation\":\"resampled:1.5\",\"seed\":7}";
        HttpResponse<byte[]> answer = server.post(SAMPLE, body, "image/*");
        assertThat(header(answer, "Content-Type")).isEqualTo("image/png");
        var inProcess =
                tiny.sample(4).ofClass(1).truncated(Truncation.resampled(1.5)).seed(7);
        assertThat(answer.body()).isEqualTo(inProcess.png());
        assertThat(Png.text(answer.body()))
                .containsEntry("model", "tiny")
                .containsEntry("class", "ship")
                .containsEntry("truncation", "resampled:1.5")
                .containsEntry("seed", "7");
        assertThat(header(answer, "GanZoo-Seed")).isEqualTo("7");
        assertThat(header(answer, "GanZoo-Shape")).isEqualTo("4,3,4,4");
    }

    @Test
    void columnsShapeTheGrid() throws Exception {
        String body = "{\"count\":6,\"columns\":6,\"seed\":7}";
        var image = ImageIO.read(
                new ByteArrayInputStream(server.post(SAMPLE, body, "*/*").body()));
        assertThat(image.getWidth()).isEqualTo(2 + 6 * (4 + 2));
        assertThat(image.getHeight()).isEqualTo(2 + 4 + 2);
    }

    @Test
    void rawFloatsAreThoseOfTheNetwork() throws Exception {
        String body = "{\"count\":3,\"seed\":5,\"index\":2}";
        byte[] answer = server.post(SAMPLE, body, "application/octet-stream").body();
        float[] expected = tiny.sample(3).seed(5).firstIndex(2).floats();
        assertThat(answer).hasSize(4 * expected.length);
        float[] found = new float[expected.length];
        ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(found);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyClassInTurn() throws Exception {
        JsonNode images = json(server.post(SAMPLE, "{\"count\":2,\"each_class\":true}", "application/json"))
                .get("images");
        assertThat(images.findValuesAsText("class")).containsExactly("plane", "ship", "cat", "plane", "ship", "cat");
    }

    @Test
    void latentsAndBlendsAreTold() throws Exception {
        String body = "{\"blend\":{\"cat\":1,\"ship\":3},\"latents\":true,\"seed\":1,"
                + "\"truncation\":{\"method\":\"scaled\",\"value\":0.5}}";
        JsonNode answer = json(server.post(SAMPLE, body, "application/json"));
        assertThat(answer.get("truncation").asText()).isEqualTo("scaled:0.5");
        JsonNode image = answer.get("images").get(0);
        assertThat(image.get("latent")).hasSize(8);
        assertThat(image.get("weights").toString()).isEqualTo("[0.0,0.75,0.25]");
        assertThat(image.has("class")).isFalse();
        assertThat(image.has("href")).isFalse();
    }

    @Test
    void aRandomSeedIsToldAndRepeats() throws Exception {
        HttpResponse<byte[]> random = server.post(SAMPLE, "{\"count\":2,\"seed\":-1}", "*/*");
        String seed = header(random, "GanZoo-Seed");
        assertThat(seed).isNotEqualTo("-1");
        assertThat(server.post(SAMPLE, "{\"count\":2,\"seed\":" + seed + "}", "*/*")
                        .body())
                .isEqualTo(random.body());
    }

    @Test
    void framesBetweenSeedsAndClasses() throws Exception {
        String body = "{\"frames\":5,\"seeds\":[1,2],\"classes\":[\"cat\",\"ship\"],\"loop\":true}";
        HttpResponse<byte[]> gif = server.post(SAMPLE, body, "image/gif");
        var inProcess = tiny.interpolate(5).seeds(1, 2).ofClasses("cat", "ship").loop();
        assertThat(gif.body()).isEqualTo(inProcess.gif());
        assertThat(header(gif, "GanZoo-Seed")).isEqualTo("1,2");
        JsonNode frames = json(server.post(SAMPLE, body, "application/json"));
        assertThat(frames.get("images")).hasSize(5);
        assertThat(frames.get("seeds").toString()).isEqualTo("[1,2]");
    }

    @Test
    void anEmptyBodyAsksForOneImage() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address(SAMPLE));
        assertThat(header(server.send(request.POST(BodyPublishers.noBody())), "GanZoo-Shape"))
                .isEqualTo("1,3,4,4");
    }

    @Test
    void unconditionalModelsNeedNoClass() throws Exception {
        JsonNode image = json(server.post("/v1/models/plain/sample", "{\"seed\":3}", "application/json"))
                .get("images")
                .get(0);
        assertThat(server.get(image.get("href").asText()).body()).isEqualTo(png(image));
    }

    @Test
    void imagesAreKeptForEver() throws Exception {
        String path = IMAGE + "?class=ship";
        HttpResponse<byte[]> image = server.get(path);
        String etag = header(image, "ETag");
        assertThat(etag).matches("\"[0-9a-f]{32}\"");
        assertThat(header(image, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        for (String known : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
            HttpResponse<byte[]> unchanged = server.get(path, "If-None-Match", known);
            assertThat(unchanged.statusCode()).isEqualTo(304);
            assertThat(header(unchanged, "ETag")).isEqualTo(etag);
            assertThat(unchanged.body()).isEmpty();
        }
        assertThat(server.get(path, "If-None-Match", "\"x\"").body()).isEqualTo(image.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"class=cat", "class=ship&index=1", "class=ship&truncation=0.5", "class=ship&scale=2"})
    void theEntityTagDependsOnEveryParameter(String query) throws Exception {
        String etag = header(server.get(IMAGE + "?class=ship"), "ETag");
        assertThat(header(server.get(IMAGE + "?" + query), "ETag")).isNotEqualTo(etag);
        assertThat(header(server.get("/v1/models/tiny/samples/43.png?class=ship"), "ETag"))
                .isNotEqualTo(etag);
    }

    @Test
    void aRevisionThatIsAnotherOnesIsNotFound() throws Exception {
        String revision = json(server.get("/v1/models/tiny")).get("revision").asText();
        assertThat(server.get(IMAGE + "?revision=" + revision).statusCode()).isEqualTo(200);
        assertThat(server.get(IMAGE + "?revision=0").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/models", "/v1/models/tiny", IMAGE, "/v2/health/live"})
    void headGivesTheHeadersOnly(String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address(path));
        HttpResponse<byte[]> head = server.send(request.method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Type")).isEqualTo(header(server.get(path), "Content-Type"));
        assertThat(head.body()).isEmpty();
    }

    private static byte[] png(JsonNode image) {
        return Base64.getDecoder().decode(image.get("png").asText());
    }

    private static JsonNode named(JsonNode models, String name) {
        for (JsonNode model : models) {
            if (model.get("name").asText().equals(name)) {
                return model;
            }
        }
        throw new AssertionError("no model " + name + " in " + models);
    }
}
