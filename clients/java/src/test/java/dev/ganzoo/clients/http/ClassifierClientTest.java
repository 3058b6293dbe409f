package dev.ganzoo.clients.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ganzoo.server.GanZooServer;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.attack.AttackResult;
import dev.ganzoo.zoo.data.Pictures;
import dev.ganzoo.zoo.image.Png;
import dev.ganzoo.zoo.runtime.Device;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks and visualisations through the client are those of the zoo. */
@Tag("native")
class ClassifierClientTest {
    @TempDir
    static Path folder;

    private static GanZooServer server;
    private static GanZooClient client;
    private static Classifier inProcess;
    private static RemoteModel remote;
    private static byte[] picture;

    @BeforeAll
    static void start() throws Exception {
        TinyModels.write(folder.resolve("tiny"));
        Path zip = TinyModels.writeClassifier(folder.resolve("tiny-classifier.zip"));
        server = GanZooServer.builder()
                .models(folder)
                .port(0)
                .device(Device.cpu())
                .build()
                .start();
        client = GanZooClient.connect(server.uri().toString());
        remote = client.model("tiny-classifier");
        inProcess = Zoo.on(Device.cpu()).classifier(zip);
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, 0x204060 + i * 0x010203);
        }
        picture = Png.encode(image);
    }

    @AfterAll
    static void stop() {
        inProcess.close();
        client.close();
        server.close();
    }

    @Test
    void attacksAsTheZooDoes() throws Exception {
        AttackReport report = remote.attack(picture)
                .pgd()
                .epsilon("32/255")
                .steps(5)
                .targeted("dark")
                .label("blue")
                .seed(3)
                .run();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        AttackResult expected = inProcess
                .attack(Pictures.of(image, inProcess.network().shape()))
                .pgd()
                .epsilon(32, 255)
                .steps(5)
                .targeted("dark")
                .labels("blue")
                .seed(3)
                .run();
        var outcome = expected.images().get(0);
        assertThat(report.after().linf()).isEqualTo(outcome.after().linf());
        assertThat(report.after().prediction())
                .isEqualTo(report.classes().get(outcome.after().prediction()));
        assertThat(report.succeeded()).isEqualTo(outcome.succeeded());
        assertThat(report.succeededRounded()).isEqualTo(outcome.succeededRounded());
        assertThat(report.target()).isEqualTo("dark");
        assertThat(report.label()).isEqualTo("blue");
        assertThat(report.options()).containsEntry("epsilon", "32/255").containsEntry("steps", "5");
        assertThat(report.before().probabilities()).hasSize(5);
        assertThat(report.perturbed().image().getWidth()).isEqualTo(8);
        report.figure().save(folder.resolve("figure.png"));
        assertThat(folder.resolve("figure.png")).isNotEmptyFile();
    }

    @Test
    void attacksImagesOfOtherSources() {
        assertThat(client.sampleNames()).contains("ship-1", "cat-2").hasSize(20);
        AttackReport sample = remote.attack(Source.sample("cat-1")).fgsm().run();
        assertThat(sample.attack()).isEqualTo("fgsm");
        assertThat(sample.target()).isNull();
        Source made = Source.generated("tiny").ofClass("ship").seed(4).truncated(Truncation.none());
        AttackReport generated = remote.attack(made).nextClass().steps(2).run();
        assertThat(generated.target()).isNotNull();
        assertThatThrownBy(() -> Source.sample("cat-1").seed(1)).hasMessageContaining("of a generated image only");
    }

    @Test
    void everyWordIsAnAttackOfTheServer() {
        AttackRequest request = remote.attack(Source.sample("ship-1"));
        List<AttackRequest> all = List.of(
                request.randomSign(),
                request.fgsm(),
                request.bim(),
                request.pgd(),
                request.miFgsm(),
                request.apgd(),
                request.using("apgd-dlr"),
                request.apgdTargeted(),
                request.deepFool(),
                request.carliniWagner(),
                request.square().option("queries", 20),
                request.course());
        assertThat(all.stream().map(each -> each.run().attack())).containsExactlyElementsOf(client.attackNames());
    }

    @Test
    void refusalsNameTheField() {
        assertThatThrownBy(() -> remote.attack(picture).epsilon(8).run())
                .isInstanceOfSatisfying(
                        GanZooException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("epsilon"));
        assertThatThrownBy(() -> client.model("tiny").attack(picture).run())
                .hasMessageContaining("model \"tiny\" is a generator");
        assertThatThrownBy(() -> remote.visualize().classes("redd").run())
                .hasMessageContaining("did you mean \"red\"?");
        assertThatThrownBy(() -> remote.visualize()
                        .classes()
                        .steps(50)
                        .rate(1e300)
                        .option("optimizer", "ascent")
                        .run())
                .isInstanceOfSatisfying(
                        GanZooException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("rate"));
    }

    @Test
    void visualizesAsTheZooDoesAndTellsItsProgress() {
        List<VisualizationRequest.Progress> told = new ArrayList<>();
        Visualization found = remote.visualize()
                .classes("red", "blue")
                .preset("course")
                .steps(6)
                .previewEvery(3)
                .listener(told::add)
                .run();
        assertThat(found.grid().png())
                .isEqualTo(inProcess
                        .visualize()
                        .classes("red", "blue")
                        .preset("course")
                        .steps(6)
                        .run()
                        .png());
        assertThat(found.complete()).isTrue();
        assertThat(found.images()).extracting(Visualization.Found::title).containsExactly("red", "blue");
        assertThat(told).extracting(VisualizationRequest.Progress::step).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(told.get(0).preview()).isNull();
        assertThat(told.get(2).preview().image().getWidth()).isGreaterThan(100);
        assertThat(found.gif()).startsWith('G', 'I', 'F');
    }

    @Test
    void aListenerEndsTheSearch() {
        Visualization found = remote.visualize()
                .layer("conv2")
                .channels(3)
                .steps(50_000)
                .listener(progress -> false)
                .run();
        assertThat(found.complete()).isFalse();
        assertThat(found.steps()).isBetween(1, 49_999);
    }

    @Test
    void visualizesPartsOfLayers() {
        assertThat(remote.layers()).containsEntry("conv2", List.of(8, 4, 4)).containsOnlyKeys("conv1", "conv2", "fc");
        Visualizer.Layer layer = remote.visualize().layer("conv2");
        assertThat(layer.channels().steps(1).run().images()).hasSize(8);
        assertThat(layer.channelRange(1, 2).steps(1).run().images()).hasSize(2);
        assertThat(layer.neuron(1, 2, 3).steps(1).run().images().get(0).title()).isEqualTo("conv2:1@2,3");
        assertThat(layer.direction(1, 0, 0, 0, 0, 0, 0, 1).steps(1).run().images())
                .hasSize(1);
        assertThat(layer.dream(Source.image(picture)).steps(1).run().images()).hasSize(1);
    }

    @Test
    void saysWhatAClassifierIs() throws Exception {
        ModelInfo info = remote.info();
        assertThat(info.task()).isEqualTo("classifier");
        assertThat(info.labels()).hasSize(5);
        assertThat(info.width()).isEqualTo(8);
        Path file = folder.resolve("source.png");
        Files.write(file, picture);
        assertThat(remote.attack(Source.image(file))
                        .fgsm()
                        .run()
                        .original()
                        .image()
                        .getHeight())
                .isEqualTo(8);
    }
}
