package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ganzoo.training.recipe.Recipe;
import dev.ganzoo.training.recipe.Recipes;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.data.NoiseImages;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.visualize.Layer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classifier that a discriminator became, from the command line. */
@Tag("native")
class DiscriminatorClassifierTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "acgan-wgan-gp, conv1, fc10, 2, ",
        "sgan, conv1, classes, 3, ",
        "sgan, conv1, classes, 2, heads=stacked",
        "sgan, conv1, classes, 2, heads=separate"
    })
    void isExportedAndAttacked(String recipe, String firstLayer, String lastLayer, int lastWidth, String setting)
            throws IOException {
        Path run = train(Recipes.named(recipe), setting);
        Path model = folder.resolve("told");

        assertThat(execute("export", run.toString(), "--classifier", "--explain", "--out", model.toString()))
                .as(err.toString())
                .isZero();
        assertThat(execute(
                        "export",
                        run.toString(),
                        "--out",
                        folder.resolve("made.zip").toString()))
                .as(err.toString())
                .isZero();

        try (Classifier classifier = Zoo.on(Device.cpu()).classifier(model)) {
            assertThat(classifier.labels()).containsExactly("a", "b");
            assertThat(classifier.network().differentiable()).isTrue();
            assertThat(classifier.layers())
                    .extracting(Layer::name)
                    .startsWith(firstLayer)
                    .endsWith(lastLayer);
            assertThat(classifier.layers().get(classifier.layers().size() - 1))
                    .isEqualTo(new Layer(lastLayer, lastWidth));
            assertThat(classifier.meanImage()).isPresent();
            assertRepeats(classifier, golden(run));
            assertCard(classifier.card(), recipe);
        }
        assertAttackable(model);
    }

    private Safetensors golden(Path run) throws IOException {
        return Safetensors.read(run.resolve("checkpoints/step-00000002/golden.safetensors"));
    }

    private static void assertRepeats(Classifier classifier, Safetensors golden) {
        Tensor expected = golden.tensor("class_logits");
        Tensor found = classifier.logits(golden.tensor("real_image"));
        assertThat(found.shape()).containsExactly(expected.shape());
        assertThat(found.data()).containsExactly(expected.data(), Offset.offset(1e-4f));
    }

    private static void assertCard(ModelCard card, String recipe) {
        assertThat(card.provenance().recipe()).isEqualTo(recipe);
        assertThat(card.provenance().step()).isEqualTo(2);
        assertThat(card.provenance().ema()).isFalse();
        assertThat(card.description()).contains("each class given that the image is real");
        assertThat(card.quality()).extracting(ModelCard.Quality::metric).containsExactly("accuracy");
        assertThat(card.files()).containsKeys(ModelPackage.GRADIENT, ModelPackage.MEAN_IMAGE, ModelPackage.PREVIEW);
        assertThat(card.parity().samples()).isEqualTo(4);
    }

    private void assertAttackable(Path model) throws IOException {
        Path figure = folder.resolve("figure.png");
        assertThat(execute(
                        "attack",
                        model.toString(),
                        folder.resolve("images/test/a/0.png").toString(),
                        "--attack",
                        "pgd",
                        "--epsilon",
                        "8/255",
                        "--set",
                        "steps=3",
                        "--out",
                        figure.toString()))
                .as(err.toString())
                .isZero();
        assertThat(figure).isNotEmptyFile();
    }

    @Test
    void isRefusedWhereNoClassesAreTold() throws IOException {
        Path run = train(Recipes.SNGAN, null);

        assertThat(execute("export", run.toString(), "--classifier", "--out", target()))
                .isEqualTo(2);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "ganzoo: " + run
                                + " must have a discriminator that tells classes, but it gives only logit; export the generator");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void hasNoMovingAverage() throws IOException {
        Path run = train(Recipes.SGAN, "emaDecay=0.5");

        assertThat(execute("export", run.toString(), "--classifier", "--ema", "--out", target()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("keeps no moving average of the discriminator; export the network itself");
        assertThat(execute("export", run.toString(), "--classifier", "--out", target()))
                .as(err.toString())
                .isZero();
    }

    @Test
    void isRefusedWhereItsWeightsAreGone() throws IOException {
        Path run = train(Recipes.SGAN, null);
        Path checkpoint = run.resolve("checkpoints/step-00000002");
        Files.delete(checkpoint.resolve("discriminator.safetensors"));

        assertThat(execute("export", run.toString(), "--classifier", "--out", target()))
                .isEqualTo(1);

        assertThat(err.toString())
                .startsWith("ganzoo: no such file or folder: " + checkpoint.resolve("discriminator.safetensors"));
    }

    @Test
    void isNeitherOfAnOnnxFileNorForTorchFidelityNorTruncated() {
        assertThat(execute("export", "--onnx", "x.onnx", "--classifier", "--out", target()))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("ganzoo: --classifier is of a run's discriminator and writes a package, got --onnx");
        assertThat(execute("export", "x", "--classifier", "--torch-fidelity", target()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("got --torch-fidelity");
        assertThat(execute("export", "x", "--classifier", "--truncation", "scaled:0.8", "--out", target()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("got --truncation");
    }

    private String target() {
        return folder.resolve("target").toString();
    }

    private Path train(Recipe recipe, String setting) throws IOException {
        NoiseImages.write(folder.resolve("images/train"), 4);
        NoiseImages.write(folder.resolve("images/test"), 2);
        Path run = folder.resolve("run");
        List<String> command = TinyTraining.train(
                recipe, folder.resolve("images").toString(), run, "--device", "cpu", "--log-every", "1");
        if (setting != null) {
            command.addAll(List.of("--set", setting));
        }
        assertThat(execute(command.toArray(String[]::new))).as(err.toString()).isZero();
        return run;
    }

    private int execute(String... args) {
        err.getBuffer().setLength(0);
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        assertThat(err.toString()).as(Arrays.toString(args)).doesNotContain("\tat ");
        return code;
    }
}
