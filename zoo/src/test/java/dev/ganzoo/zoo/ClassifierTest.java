package dev.ganzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.attack.AttackResult;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.visualize.Visualization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class ClassifierTest {
    @TempDir
    private static Path folder;

    private static Classifier tiny;

    @BeforeAll
    static void load() throws IOException {
        tiny = Zoo.on(Device.cpu()).batch(4).classifier(TinyModels.writeClassifier(folder.resolve("tiny.zip")));
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @Test
    void predictionsAreTheSoftmaxOfLogits() {
        Tensor images = noise(6);
        Tensor logits = tiny.logits(images);

        List<Prediction> predictions = tiny.predict(images);

        assertThat(predictions).hasSize(6);
        for (int n = 0; n < 6; n++) {
            Prediction prediction = predictions.get(n);
            assertThat(prediction.probabilities().stream().mapToDouble(p -> p).sum())
                    .isCloseTo(1, within(1e-9));
            assertThat(prediction.label()).isEqualTo(tiny.labels().get(prediction.index()));
            for (int k = 0; k < 5; k++) {
                assertThat(logits.data()[n * 5 + k]).isLessThanOrEqualTo(logits.data()[n * 5 + prediction.index()]);
            }
        }
    }

    @Test
    void imagesDividedAmongCoresGiveWhatEachGivesAlone() {
        Tensor images = noise(29);
        try (Classifier cores = Zoo.on(Device.cpu()).threads(3).batch(13).classifier(folder.resolve("tiny.zip"));
                Classifier alone = Zoo.on(Device.cpu()).threads(1).batch(1).classifier(folder.resolve("tiny.zip"))) {
            assertThat(cores.logits(images).data())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(alone.logits(images).data());
            assertThat(gradient(cores, images).data())
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(gradient(alone, images).data());
        }
    }

    private static Tensor gradient(Classifier classifier, Tensor images) {
        return classifier.attack(images).fgsm().epsilon(8, 255).run().gradient().orElseThrow();
    }

    @Test
    void oneLineAttacksAnyModel() {
        try (Model model = Zoo.on(Device.cpu()).load(folder.resolve("tiny.zip"))) {
            AttackResult result = model.attack(noise(6))
                    .pgd()
                    .epsilon(32, 255)
                    .steps(20)
                    .seed(1)
                    .run();

            assertThat(result.images()).hasSize(6);
            assertThat(result.changeRate()).isPositive();
            for (int i = 0; i < result.delta().size(); i++) {
                assertThat(Math.abs(result.delta().data()[i])).isLessThanOrEqualTo(32 / 255f + 1e-6f);
            }
        }
    }

    @Test
    void visualisationsRaiseWhatTheyMaximise() {
        Visualization classes =
                tiny.visualize().classes().preset("course").steps(30).run();
        Visualization channels =
                tiny.visualize().layer("conv2").channels(0, 3).steps(30).run();

        for (int n = 0; n < classes.count(); n++) {
            float[] objectives = classes.objectives(n);
            assertThat(objectives[objectives.length - 1]).isGreaterThan(objectives[0]);
        }
        assertThat(channels.images().shape()).containsExactly(2, 3, 8, 8);
    }

    @Test
    void sharedWeightsThatWereAlteredAreRefused() throws IOException {
        ModelPackage whole = ModelPackage.open(folder.resolve("tiny.zip"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        whole.card().files().keySet().forEach(file -> files.put(file, whole.read(file)));
        files.put(ModelPackage.WEIGHTS, new byte[] {1, 2, 3});
        ModelPackage.write(folder.resolve("broken"), whole.card(), files);

        assertThatThrownBy(() -> Zoo.on(Device.cpu()).classifier(folder.resolve("broken")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageEndingWith("weights.safetensors: must begin with the 8 bytes of a length, got 3");
    }

    @Test
    void generatorsAndClassifiersAreToldApart() throws IOException {
        Path generator = TinyModels.write(folder.resolve("generator.zip"));
        assertThatThrownBy(() -> Zoo.on(Device.cpu()).classifier(generator))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageEndingWith("task must be classifier, got generator");
        assertThatThrownBy(() -> Zoo.on(Device.cpu()).generator(folder.resolve("tiny.zip")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageEndingWith("task must be generator, got classifier");
        try (Model model = Zoo.on(Device.cpu()).load(generator)) {
            assertThatThrownBy(() -> model.attack(noise(1)))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("model \"tiny\" is a generator: it cannot be attacked; load a classifier");
        }
    }

    @Test
    void afterClosingNothingComputes() throws IOException {
        Classifier other = Zoo.on(Device.cpu()).classifier(folder.resolve("tiny.zip"));
        other.close();
        other.close();

        for (int count : new int[] {1, 200}) {
            assertThatThrownBy(() -> other.logits(noise(count)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("model \"tiny-classifier\" is closed; load it again to use it");
        }
    }

    private static Tensor noise(int count) {
        Tensor tensor = Tensor.zeros(count, 3, 8, 8);
        var random = Randomness.of(3).at(0);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = random.nextFloat();
        }
        return tensor;
    }
}
