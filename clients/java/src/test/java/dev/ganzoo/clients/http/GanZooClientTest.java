package dev.ganzoo.clients.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.server.GanZooServer;
import dev.ganzoo.zoo.Generator;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.runtime.Device;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client's words mean what the zoo's do. */
@Tag("native")
class GanZooClientTest {
    @TempDir
    static Path folder;

    private static GanZooServer server;
    private static GanZooClient client;
    private static Generator inProcess;
    private static RemoteModel remote;

    @BeforeAll
    static void start() throws Exception {
        TinyModels.write(folder.resolve("tiny"));
        server = GanZooServer.builder()
                .models(folder)
                .port(0)
                .device(Device.cpu())
                .build()
                .start();
        client = GanZooClient.connect(server.uri().toString());
        remote = client.model("tiny");
        inProcess = Zoo.on(Device.cpu()).generator(folder.resolve("tiny"));
    }

    @AfterAll
    static void stop() {
        inProcess.close();
        client.close();
        server.close();
    }

    @Test
    void listsModels() {
        assertThat(client.isReady()).isTrue();
        assertThat(client.models())
                .filteredOn(model -> model.name().equals("tiny"))
                .singleElement()
                .isEqualTo(remote.info());
        ModelInfo info = remote.info();
        assertThat(info.ready()).isTrue();
        assertThat(info.labels()).containsExactly("plane", "ship", "cat").isEqualTo(remote.labels());
        assertThat(info.latentSize()).isEqualTo(8);
        assertThat(info.width()).isEqualTo(4);
        assertThat(info.recommendedTruncation()).isEqualTo(Truncation.scaled(0.8));
        assertThat(info.maxCount()).isEqualTo(1024);
    }

    @Test
    void theSameWordsGiveTheSameBytes() {
        assertThat(remote.sample(5).ofClass("ship").truncation(0.8).seed(42).png())
                .isEqualTo(inProcess
                        .sample(5)
                        .ofClass("ship")
                        .truncation(0.8)
                        .seed(42)
                        .png());
        assertThat(remote.sample(2)
                        .ofClasses("cat", "1")
                        .firstIndex(3)
                        .scale(2)
                        .seed(1)
                        .png())
                .isEqualTo(inProcess
                        .sample(2)
                        .ofClasses("cat", "1")
                        .firstIndex(3)
                        .scale(2)
                        .seed(1)
                        .png());
        assertThat(remote.sample(2).eachClass().seed(1).grid().png())
                .isEqualTo(inProcess.sample(2).eachClass().seed(1).png());
        assertThat(remote.sample(2).ofClass(1).ofAnyClass().seed(1).gif())
                .isEqualTo(inProcess.sample(2).seed(1).gif());
        assertThat(remote.sample(1)
                        .blend(Map.of("cat", 1.0, "ship", 3.0))
                        .truncated(Truncation.resampled(1))
                        .seed(1)
                        .png())
                .isEqualTo(inProcess
                        .sample(1)
                        .blend(Map.of("cat", 1.0, "ship", 3.0))
                        .truncated(dev.ganzoo.zoo.latent.Truncation.resampled(1))
                        .seed(1)
                        .png());
        assertThat(remote.interpolate(4)
                        .seeds(1, 2)
                        .ofClasses("cat", "ship")
                        .loop()
                        .gif())
                .isEqualTo(inProcess
                        .interpolate(4)
                        .seeds(1, 2)
                        .ofClasses("cat", "ship")
                        .loop()
                        .gif());
    }

    @Test
    void tensorsAreThoseOfTheNetwork() {
        Tensor tensor = remote.sample(3).seed(9).tensor();
        assertThat(tensor.shape()).containsExactly(3, 3, 4, 4);
        assertThat(tensor.data()).isEqualTo(inProcess.sample(3).seed(9).floats());
    }

    @Test
    void samplesTellTheirClass() {
        SampleRequest request = remote.sample(3).ofClasses("cat", "ship").firstIndex(1);
        assertThat(request.samples()).extracting(Sample::label).containsExactly("ship", "cat", "ship");
        assertThat(request.samples()).extracting(Sample::index).containsExactly(1L, 2L, 3L);
        assertThat(request.images())
                .allSatisfy(image -> assertThat(image.getWidth()).isEqualTo(4));
        assertThat(request.columns(3).grid().image().getWidth()).isEqualTo(2 + 3 * (4 + 2));
    }

    @Test
    void aRequestMeansTheSameImagesEachTime() {
        SampleRequest samples = remote.sample(2);
        assertThat(samples.png()).isEqualTo(samples.png());
        assertThat(samples.png())
                .isEqualTo(inProcess.sample(2).seed(samples.seed()).png());
        InterpolationRequest frames = remote.interpolate(3).ofClasses("cat", "ship");
        assertThat(frames.seeds()).hasSize(1);
        assertThat(frames.gif()).isEqualTo(frames.gif());
    }

    @Test
    void savesAsTheNameSays(@TempDir Path out) throws Exception {
        SampleRequest request = remote.sample(2).ofClass("ship").seed(3);
        request.save(out.resolve("new/grid.png"));
        request.save(out.resolve("samples.npy"));
        request.save(out.resolve("samples.gif"));
        request.save(out.resolve("each"));
        assertThat(out.resolve("new/grid.png")).hasBinaryContent(request.png());
        inProcess.sample(2).ofClass("ship").seed(3).save(out.resolve("expected.npy"));
        assertThat(out.resolve("samples.npy")).hasSameBinaryContentAs(out.resolve("expected.npy"));
        assertThat(out.resolve("samples.gif")).hasBinaryContent(request.gif());
        try (var files = Files.list(out.resolve("each"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("000000-ship.png", "000001-ship.png");
        }
        assertThatThrownBy(() -> request.save(out.resolve("x.jpg")))
                .hasMessageContaining("its name must end with .png, .gif or .npy");
    }

    @Test
    void refusalsTellTheField() {
        assertThatThrownBy(() -> remote.sample(1).ofClass("shp").png())
                .isInstanceOfSatisfying(GanZooException.class, refusal -> {
                    assertThat(refusal.type()).isEqualTo("urn:ganzoo:problem:unknown-class");
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.field()).isEqualTo("class");
                    assertThat(refusal.detail()).contains("did you mean \"ship\"?");
                });
        assertThatThrownBy(() -> client.model("tinny").info())
                .hasMessageContaining("unknown model \"tinny\"; did you mean \"tiny\"?");
        assertThatThrownBy(() -> client.model("a b/../c").info()).isInstanceOf(GanZooException.class);
        assertThatThrownBy(() -> remote.sample(1).truncation(Double.NaN).png())
                .hasMessageContaining("truncation must be");
        assertThatThrownBy(() -> remote.sample(1).seed(-1)).hasMessageContaining("seed must not be -1");
    }

    @Test
    void badAddressesAndClosedClients() {
        assertThatThrownBy(() -> GanZooClient.connect("localhost:8080"))
                .hasMessage("url must be as http://localhost:8080, got \"localhost:8080\"");
        GanZooClient closed = GanZooClient.connect(server.uri().toString());
        closed.close();
        closed.close();
        assertThatThrownBy(closed::models)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed; connect again to use it");
        GanZooServer stopped =
                GanZooServer.builder().models(folder).port(0).build().start();
        stopped.close();
        try (GanZooClient lost = GanZooClient.connect(stopped.uri().toString())) {
            assertThatThrownBy(lost::models)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot reach http://127.0.0.1:");
        }
    }
}
