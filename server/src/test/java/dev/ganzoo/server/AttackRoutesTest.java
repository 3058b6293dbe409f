package dev.ganzoo.server;

import static dev.ganzoo.server.RunningServer.header;
import static dev.ganzoo.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.attack.AttackResult;
import dev.ganzoo.zoo.attack.Attacks;
import dev.ganzoo.zoo.data.Pictures;
import dev.ganzoo.zoo.image.Pixels;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code POST …/attack} and what belongs to it. */
@Tag("native")
class AttackRoutesTest {
    private static final String ATTACK = "/v1/models/tiny-classifier/attack";

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Classifier classifier;
    private static byte[] picture;

    @BeforeAll
    static void start() throws Exception {
        TinyModels.write(folder.resolve("tiny"));
        Path zip = TinyModels.writeClassifier(folder.resolve("tiny-classifier.zip"));
        server = new RunningServer(folder, Limits.DEFAULT);
        classifier = Zoo.on(Device.cpu()).classifier(zip);
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, 0x204060 + i * 0x010203);
        }
        picture = Png.encode(image);
    }

    @AfterAll
    static void stop() {
        classifier.close();
        server.close();
    }

    @Test
    void classifiersAreListedWithTheirTask() throws Exception {
        JsonNode models = json(server.get("/v1/models")).get("models");
        assertThat(models)
                .filteredOn(model -> model.get("name").asText().equals("tiny-classifier"))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.get("state").asText()).isEqualTo("ready");
                    assertThat(model.get("task").asText()).isEqualTo("classifier");
                    assertThat(model.at("/links/attack").asText()).isEqualTo(ATTACK);
                    assertThat(model.at("/links/sample").isMissingNode()).isTrue();
                });
        JsonNode card = json(server.get("/v1/models/tiny-classifier"));
        assertThat(card.get("layers")).hasSize(3);
        assertThat(card.at("/limits/seconds").asInt()).isEqualTo(90);
        assertThat(card.has("truncation")).isFalse();
    }

    @Test
    void eachModelDoesWhatItsTaskIs() throws Exception {
        HttpResponse<byte[]> sampled = server.post("/v1/models/tiny-classifier/sample", "{}", "*/*");
        assertProblem(
                sampled, 400, "wrong-task", "model", "model \"tiny-classifier\" is a classifier: it makes no images");
        HttpResponse<byte[]> attacked = server.post("/v1/models/tiny/attack", "{\"sample\":\"ship-1\"}", "*/*");
        assertProblem(
                attacked, 400, "wrong-task", "model", "model \"tiny\" is a generator: only classifiers are attacked");
        assertProblem(server.get("/v1/models/tiny/layers"), 400, "wrong-task", "model", "is a generator");
    }

    @Test
    void tellsWhatTheZooTells() throws Exception {
        JsonNode told =
                json(server.post(ATTACK, body("\"epsilon\":\"32/255\",\"steps\":5,\"seed\":7"), "application/json"));
        AttackResult result = inProcess(7);
        var image = result.images().get(0);
        assertThat(told.at("/before/index").asInt()).isEqualTo(image.before().prediction());
        assertThat(told.at("/after/index").asInt()).isEqualTo(image.after().prediction());
        assertThat(told.at("/after/linf").asDouble())
                .isEqualTo(image.after().linf())
                .isPositive();
        assertThat(told.at("/rounded/leaves_prediction").asBoolean())
                .isEqualTo(image.rounded().leavesPrediction());
        assertThat(told.get("succeeded").asBoolean()).isEqualTo(image.succeeded());
        assertThat(told.get("gradient_evaluations").asInt()).isEqualTo(image.gradientEvaluations());
        assertThat(told.at("/after/probabilities")).hasSize(5);
        assertThat(told.at("/label/given").asBoolean()).isFalse();
        assertThat(told.at("/options/random_start").asText()).isEqualTo("true");
        assertThat(told.at("/options/epsilon").asText()).isEqualTo("32/255");
        byte[] perturbed = told.at("/images/perturbed").binaryValue();
        assertThat(Pixels.bytes(Pixels.tensor(read(perturbed)))).isEqualTo(result.bytes());
        assertThat(told.get("images").findValuesAsText("delta")).isNotEmpty();
    }

    private static AttackResult inProcess(long seed) throws Exception {
        Tensor image = Pictures.of(read(picture), classifier.network().shape());
        return classifier.attack(image).epsilon(32, 255).steps(5).seed(seed).run();
    }

    @Test
    void drawsTheFigureAndGivesTheSameBytesAgain() throws Exception {
        String body = body("\"attack\":\"fgsm\",\"target\":\"next\",\"label\":\"blue\"");
        HttpResponse<byte[]> figure = server.post(ATTACK, body, "image/png");
        assertThat(header(figure, "Content-Type")).isEqualTo("image/png");
        assertThat(read(figure.body()).getWidth()).isGreaterThan(500);
        assertThat(Png.text(figure.body())).containsEntry("goal", "next class").containsEntry("seed", "0");
        assertThat(server.post(ATTACK, body, "*/*").body()).isEqualTo(figure.body());
        assertThat(server.post(ATTACK, body, "application/json").body())
                .isEqualTo(server.post(ATTACK, body, "application/json").body());
    }

    @Test
    void takesAnImageAsTheBody() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.address(ATTACK + "?attack=pgd&epsilon=32/255&steps=5&seed=7"))
                .headers("Content-Type", "image/png", "Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(picture));
        String body = body("\"attack\":\"pgd\",\"epsilon\":\"32/255\",\"steps\":5,\"seed\":7");
        assertThat(server.send(request).body())
                .isEqualTo(server.post(ATTACK, body, "application/json").body());
    }

    @Test
    void takesAForm() throws Exception {
        String body = body("\"epsilon\":0.1,\"steps\":5,\"target\":\"dark\"");
        HttpResponse<byte[]> answer = form(Map.of("epsilon", "0.1", "steps", "5", "target", "dark"), picture);
        assertThat(answer.statusCode()).as(json(answer).toString()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(server.post(ATTACK, body, "application/json").body());
        assertProblem(
                form(Map.of("epsilom", "1"), picture), 400, "unknown-field", "epsilom", "did you mean \"epsilon\"?");
        HttpResponse<byte[]> generated = form(Map.of("generate", "{\"model\":\"tiny\",\"seed\":3}"), null);
        assertThat(json(generated).at("/source/generate/seed").asLong())
                .as(json(generated).toString())
                .isEqualTo(3);
    }

    @Test
    void attacksWhatAGeneratorMakes() throws Exception {
        String body = "{\"generate\":{\"model\":\"tiny\",\"class\":\"ship\",\"seed\":42},\"attack\":\"fgsm\"}";
        JsonNode told = json(server.post(ATTACK, body, "application/json"));
        assertThat(told.at("/source/generate/class").asText()).isEqualTo("ship");
        assertThat(told.at("/source/generate/seed").asLong()).isEqualTo(42);
        assertThat(told.at("/options/epsilon").asText()).isEqualTo("8/255");
        assertThat(read(told.at("/images/original").binaryValue()).getWidth()).isEqualTo(8);
    }

    @Test
    void resizesWhatIsOfAnotherSize() throws Exception {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        JsonNode told = json(server.post(ATTACK, body(jpeg.toByteArray(), "\"attack\":\"fgsm\""), "application/json"));
        assertThat(told.at("/source/width").asInt()).isEqualTo(40);
        assertThat(read(told.at("/images/original").binaryValue()).getHeight()).isEqualTo(8);
    }

    static List<String> attacks() {
        return Attacks.names();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void everyAttackWorksOnASample(String attack) throws Exception {
        String steps = attack.equals("square") ? ",\"queries\":50" : "";
        String body = "{\"sample\":\"ship-1\",\"attack\":\"%s\"%s}".formatted(attack, steps);
        JsonNode told = json(server.post(ATTACK, body, "application/json"));
        assertThat(told.get("attack").asText()).isEqualTo(attack);
        assertThat(told.at("/source/sample").asText()).isEqualTo("ship-1");
    }

    @Test
    void listsAttacksWithTheirOptions() throws Exception {
        JsonNode attacks = json(server.get("/v1/attacks")).get("attacks");
        assertThat(attacks.findValuesAsText("description"))
                .hasSize(Attacks.all().size());
        JsonNode pgd = attacks.get(Attacks.names().indexOf("pgd"));
        assertThat(pgd.get("options").findValuesAsText("name"))
                .containsExactly("norm", "epsilon", "step", "steps", "restarts", "random_start", "loss", "early_stop");
        assertThat(pgd.at("/options/3").toString())
                .isEqualTo("{\"name\":\"steps\",\"type\":\"integer\",\"default\":\"20\"}");
        assertThat(pgd.at("/options/0/values").toString()).isEqualTo("[\"linf\",\"l2\"]");
        assertThat(attacks.get(Attacks.names().indexOf("course")).get("target").asText())
                .isEqualTo("next class");
    }

    @Test
    void listsSamples() throws Exception {
        JsonNode samples = json(server.get("/v1/samples")).get("samples");
        assertThat(samples).hasSize(20).allSatisfy(sample -> {
            HttpResponse<byte[]> png = server.get(sample.get("href").asText());
            assertThat(read(png.body()).getWidth()).isEqualTo(32);
            assertThat(sample.get("model").asText()).isEqualTo("sngan-proj");
            assertThat(sample.get("name").asText())
                    .startsWith(sample.get("class").asText());
        });
        assertProblem(server.get("/v1/samples/shp-1.png"), 404, "unknown-sample", "sample", "did you mean \"ship-1\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                | 400 | invalid-value  | image          | exactly one of image, sample and generate, got none
            {"sample":"ship-1","image":"x"}                   | 400 | invalid-value  | sample         | got image and sample
            {"sample":"shp-1"}                                | 404 | unknown-sample | sample         | did you mean "ship-1"?
            {"image":"%%%"}                                   | 400 | invalid-value  | image          | base64
            {"image":"AAAA"}                                  | 400 | invalid-value  | image          | PNG, JPEG, BMP or GIF file, got 3 bytes
            {"generate":{}}                                   | 400 | invalid-value  | generate.model | must name a generator
            {"generate":{"model":"tinny"}}                    | 404 | unknown-model  | generate.model | did you mean "tiny"?
            {"generate":{"model":"tiny-classifier"}}          | 400 | wrong-task     | model          | is a classifier
            {"generate":{"model":"tiny","clas":1}}            | 400 | unknown-field  | generate.clas  | did you mean "class"?
            {"generate":{"model":"tiny","seed":"x"}}          | 400 | invalid-value  | generate.seed  | whole number of 64 bits
            {"sample":"ship-1","attack":"pdg"}                | 400 | invalid-value  | attack         | did you mean "pgd"?
            {"sample":"ship-1","attack":"fgsm","steps":3}     | 400 | unknown-field  | steps          | attack "fgsm": unknown option "steps"
            {"sample":"ship-1","epsilon":"8/x"}               | 400 | invalid-value  | epsilon        | a number or a fraction such as 8/255
            {"sample":"ship-1","epsilon":8}                   | 400 | invalid-value  | epsilon        | epsilon must be in [0, 1]
            {"sample":"ship-1","random_start":3}              | 400 | invalid-value  | random_start   | random_start must be true or false
            {"sample":"ship-1","norm":"l3"}                   | 400 | invalid-value  | norm           | unknown norm "l3"
            {"sample":"ship-1","target":"catt"}               | 400 | unknown-class  | target         | unknown class "catt"
            {"sample":"ship-1","label":9}                     | 400 | unknown-class  | label          | label must be in 0..4, got 9
            {"sample":"ship-1","steps":600,"restarts":100}    | 400 | limit-exceeded | steps          | at most 50000, got {steps=600, restarts=100}
            """)
    void refusals(String body, int status, String type, String field, String detail) throws Exception {
        assertProblem(server.post(ATTACK, body, "application/json"), status, type, field, detail);
    }

    @Test
    void bodiesAndImagesThatAreTooLarge() throws Exception {
        Limits small = Limits.DEFAULT.withStudy(Limits.Study.DEFAULT.withUpload(2000));
        try (RunningServer strict = new RunningServer(folder, small)) {
            String large = body(new byte[2000], "\"seed\":1");
            assertProblem(strict.post(ATTACK, large, "*/*"), 413, "body-too-large", null, "at most 2000 bytes");
        }
        // A header that claims 16,777,224 × 8 pixels.
        byte[] bytes = picture.clone();
        bytes[16] = 1;
        assertProblem(
                server.post(ATTACK, body(bytes, "\"seed\":1"), "*/*"),
                400,
                "limit-exceeded",
                "image",
                "got 16777224 × 8");
    }

    @Test
    void theTimeIsBounded() throws Exception {
        Limits none = Limits.DEFAULT.withStudy(Limits.Study.DEFAULT.withTime(Duration.ZERO));
        try (RunningServer strict = new RunningServer(folder, none)) {
            assertProblem(
                    strict.post(ATTACK, "{\"sample\":\"ship-1\"}", "*/*"),
                    504,
                    "time-limit",
                    null,
                    "not done within 0 s");
        }
    }

    @Test
    void otherBodiesAndForms() throws Exception {
        HttpRequest.Builder text = HttpRequest.newBuilder(server.address(ATTACK))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"));
        assertProblem(
                server.send(text), 415, "unsupported-media-type", "Content-Type", "multipart/form-data or an image's");
        assertProblem(
                server.post(ATTACK, "{\"sample\":\"ship-1\"}", "image/gif"),
                406,
                "not-acceptable",
                "Accept",
                "image/png");
        HttpRequest.Builder broken = HttpRequest.newBuilder(server.address(ATTACK))
                .header("Content-Type", "multipart/form-data")
                .POST(BodyPublishers.ofString("x"));
        assertProblem(server.send(broken), 400, "bad-request", null, "the form does not read");
    }

    private static HttpResponse<byte[]> form(Map<String, String> fields, byte[] image) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (var field : fields.entrySet()) {
            body.write("--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(field.getKey(), field.getValue())
                    .getBytes(StandardCharsets.UTF_8));
        }
        if (image != null) {
            body.write(("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"x.png\"\r\n"
                            + "Content-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.write(image);
            body.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.write("--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return server.send(HttpRequest.newBuilder(server.address(ATTACK))
                .headers("Content-Type", "multipart/form-data; boundary=b", "Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static String body(String fields) {
        return body(picture, fields);
    }

    private static String body(byte[] image, String fields) {
        return "{\"image\":\"%s\",%s}".formatted(Base64.getEncoder().encodeToString(image), fields);
    }

    private static BufferedImage read(byte[] image) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(image));
    }

    static void assertProblem(HttpResponse<byte[]> answer, int status, String type, String field, String detail)
            throws Exception {
        JsonNode problem = json(answer);
        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(problem.get("type").asText()).isEqualTo("urn:ganzoo:problem:" + type);
        assertThat(problem.path("field").asText(null)).isEqualTo(field);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
