package dev.ganzoo.zoo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.TinyModels;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.model.InvalidModelException;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.FeatureNetwork.Choice;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class FeatureNetworkTest {
    @TempDir
    Path folder;

    private ModelPackage model;

    @BeforeEach
    void openModel() throws IOException {
        model = ModelPackage.open(TinyModels.writeClassifier(folder.resolve("tiny.zip")));
    }

    private static Tensor images(int count) {
        Tensor images = Tensor.zeros(count, 3, 8, 8);
        for (int i = 0; i < images.size(); i++) {
            images.data()[i] = (i * 31 % 97) / 97f;
        }
        return images;
    }

    @Test
    void logitsAreTheClassifiersAndFeaturesLieBeforeThem() {
        try (FeatureNetwork network = FeatureNetwork.open(model, Choice.USUAL, Device.cpu());
                Classifier classifier = Zoo.on(Device.cpu()).classifier(folder.resolve("tiny.zip"))) {
            FeatureNetwork.Answer answer = network.run(images(5));

            assertThat(answer.logits()).isEqualTo(classifier.logits(images(5)));
            assertThat(answer.features().shape()).containsExactly(5, 8);
            assertThat(network.logits()).isEqualTo("logits");
            assertThat(network.sha256()).hasSize(64);
        }
    }

    @Test
    void mapsAreAveragedOverTheirPositions() {
        Choice conv = new Choice("conv2", null);
        try (FeatureNetwork network = FeatureNetwork.open(model, conv, Device.cpu());
                OnnxSession whole = open()) {
            Tensor means = network.run(images(2)).features();
            Tensor maps = whole.run(
                            "image",
                            new OnnxSession.FloatTensor(direct(images(2)), 2, 3, 8, 8),
                            Set.of(network.features()))
                    .get(network.features());

            assertThat(means.shape()).containsExactly(2, 8);
            assertThat(maps.shape()).containsExactly(2, 8, 4, 4);
            for (int row = 0; row < 16; row++) {
                double sum = 0;
                for (int p = 0; p < 16; p++) {
                    sum += maps.data()[row * 16 + p];
                }
                assertThat(means.data()[row]).isEqualTo((float) (sum / 16));
            }
        }
    }

    private OnnxSession open() {
        byte[] onnx = model.read(ModelPackage.CLASSIFIER);
        OnnxOutline outline = OnnxOutline.of(onnx);
        try {
            byte[] more = outline.withOutputs(onnx, List.of(outline.value("conv2", "tiny")));
            return OnnxSession.open("tiny", more, SharedWeights.of(model), Device.cpu(), 0);
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    private static FloatBuffer direct(Tensor images) {
        return OnnxSession.FloatTensor.direct(1, images.size()).put(0, images.data());
    }

    @Test
    void anImageIsJudgedAlikeInEveryBatch() {
        try (FeatureNetwork network = FeatureNetwork.open(model, Choice.USUAL, Device.cpu())) {
            float[] all = network.run(images(4)).features().data();
            Tensor last = Tensor.of(Arrays.copyOfRange(images(4).data(), 3 * 192, 4 * 192), 1, 3, 8, 8);

            assertThat(network.run(last).features().data()).containsExactly(Arrays.copyOfRange(all, 24, 32));
        }
    }

    @Test
    void unknownLayersAreNamed() {
        assertThatThrownBy(() -> FeatureNetwork.open(model, new Choice("conv9", null), Device.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "unknown layer \"conv9\" of .*tiny.zip: classifier.onnx; did you mean \"conv\\d\"\\?"
                                + " \\(known: logits, .*");
    }

    @Test
    void filesThatJudgeNoImagesAreNamed() throws IOException {
        Path generator = folder.resolve("generator.onnx");
        Files.write(generator, TinyModels.network("conditional"));
        assertThatThrownBy(() -> FeatureNetwork.open(generator, new Choice("flat", null), Device.cpu()))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(
                        "generator.onnx must have one input of shape (N, C, H, W) or (N, H, W, C), got {z=[-1, 8],");
        Path text = folder.resolve("text.onnx");
        Files.writeString(text, "no network");
        assertThatThrownBy(() -> FeatureNetwork.open(text, Choice.USUAL, Device.cpu()))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("text.onnx");
        assertThatThrownBy(() -> FeatureNetwork.open(folder.resolve("none.onnx"), Choice.USUAL, Device.cpu()))
                .isInstanceOf(NoSuchFileException.class);
        ModelPackage other = ModelPackage.open(TinyModels.write(folder.resolve("generator")));
        assertThatThrownBy(() -> FeatureNetwork.open(other, Choice.USUAL, Device.cpu()))
                .hasMessageEndingWith("task must be classifier to judge images, got generator");
    }
}
