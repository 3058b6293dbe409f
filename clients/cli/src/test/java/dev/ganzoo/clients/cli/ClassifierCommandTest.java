package dev.ganzoo.clients.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.data.NoiseImages;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.run.Checkpoints;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.visualize.Layer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier from the command line. */
@Tag("native")
class ClassifierCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void trainsStopsGoesOnAndIsMeasuredOnTestImages() throws IOException {
        NoiseImages.write(folder.resolve("images/train"), 4);
        NoiseImages.write(folder.resolve("images/test"), 2);
        Path run = folder.resolve("run");

        assertThat(train(folder.resolve("images"), run, "--stop-after", "1")).isZero();
        assertThat(Checkpoints.of(run).steps()).containsExactly(1L);
        assertThat(execute("resume", run.toString(), "--device", "cpu")).isZero();

        assertThat(Checkpoints.of(run).steps()).contains(4L);
        assertThat(Files.readString(run.resolve("metrics.jsonl")))
                .contains("\"step\":2,", "\"accuracy/train\":", "\"accuracy/test\":")
                .endsWith("}\n");
        assertThat(run.resolve("samples")).doesNotExist();
        assertThat(Files.readString(run.resolve("recipe.json"))).contains("\"milestones\" : [ 1 ]", "\"size\" : 64");
    }

    @Test
    void endsEarlyWhereItGetsNoBetter() throws IOException {
        NoiseImages.write(folder.resolve("images/train"), 4);
        NoiseImages.write(folder.resolve("images/test"), 2);
        Path run = folder.resolve("run");

        assertThat(train(folder.resolve("images"), run, 30, "--patience", "1", "--set", "learningRate=1e-9"))
                .isZero();

        assertThat(run.resolve("ended.txt")).content().endsWith(": nothing better was measured\n");
        assertThat(err.toString())
                .contains("what was best: ganzoo export " + run + " --checkpoint best --out MODEL")
                .contains("go on with: ganzoo resume " + run);
    }

    @Test
    void isExportedWithGradientsMeanImageAndAccuracy() throws IOException {
        NoiseImages.write(folder.resolve("images/train"), 4);
        NoiseImages.write(folder.resolve("images/test"), 2);
        Path run = folder.resolve("run");
        Path model = folder.resolve("mine");
        assertThat(train(folder.resolve("images"), run)).isZero();

        assertThat(execute("export", run.toString(), "--out", model.toString())).isZero();

        try (Classifier classifier = Zoo.on(Device.cpu()).classifier(model)) {
            assertThat(classifier.network().differentiable()).isTrue();
            assertThat(classifier.layers())
                    .extracting(Layer::name)
                    .startsWith("conv1")
                    .endsWith("fc10");
            assertThat(classifier.meanImage()).isPresent();
            assertThat(classifier.card().files()).containsKey(ModelPackage.PREVIEW);
            assertThat(classifier.card().quality())
                    .extracting(ModelCard.Quality::metric)
                    .containsExactly("accuracy");
        }
    }

    @Test
    void anyOnnxFileBecomesAPackage() throws IOException {
        NoiseImages.write(folder.resolve("images"), 4);
        assertThat(train(folder.resolve("images"), folder.resolve("run"))).isZero();
        Path model = folder.resolve("mine");
        assertThat(execute("export", folder.resolve("run").toString(), "--out", model.toString()))
                .isZero();
        Path labels = Files.writeString(folder.resolve("labels.txt"), "one\ntwo\n\n");
        Path again = folder.resolve("again.zip");

        assertThat(execute(
                        "export",
                        "--onnx",
                        model.resolve("classifier.onnx").toString(),
                        "--labels",
                        labels.toString(),
                        "--out",
                        again.toString(),
                        "--explain"))
                .as(err.toString())
                .isZero();

        assertThat(err.toString()).contains("wrote " + again + ": model \"again\", ");
        assertThat(out.toString()).contains("multiply-adds");
        try (Classifier first = Zoo.on(Device.cpu()).classifier(model);
                Classifier second = Zoo.on(Device.cpu()).classifier(again)) {
            Tensor images = first.meanImage().orElseThrow();
            assertThat(second.labels()).containsExactly("one", "two");
            assertThat(second.logits(images).data())
                    .containsExactly(first.logits(images).data(), within(1e-4f));
        }
    }

    @Test
    void whatIsPackagedMustBeSaid() {
        assertThat(execute("export", "--out", folder.resolve("x").toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: give either a run directory or --onnx FILE, got none");
    }

    @Test
    void tellsThatThereAreNoTestImages() throws IOException {
        NoiseImages.write(folder.resolve("images"), 4);

        assertThat(train(folder.resolve("images"), folder.resolve("run"))).isZero();

        assertThat(err.toString())
                .contains(folder.resolve("images") + " has no test images: nothing is measured on held-out data");
    }

    @Test
    void stepsAreCountedInEpochs() {
        assertThat(execute("train", "cifar10-classifier", "--data", "x", "--out", "y", "--steps", "5"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("ganzoo: unknown setting \"steps\" (known: width, epochs, ");
    }

    @Test
    void recipesShowsTheNetwork() {
        assertThat(execute("recipes", "cifar10-classifier")).isZero();
        assertThat(out.toString().lines())
                .contains("  milestones                 50,75", "classifier: 62 nodes, 3,137,774 parameters")
                .anyMatch(line -> line.matches("  conv8 +conv2d +\\(N, 196, 4, 4\\) +345,940"));
    }

    private int train(Path images, Path run, String... more) {
        return train(images, run, 2, more);
    }

    private int train(Path images, Path run, int epochs, String... more) {
        String[] command = {
            "train",
            "cifar10-classifier",
            "--data",
            images.toString(),
            "--out",
            run.toString(),
            "--device",
            "cpu",
            "--epochs",
            Integer.toString(epochs),
            "--set",
            "batch=4",
            "--set",
            "width=2",
            "--set",
            "milestones=1",
            "--log-every",
            "1"
        };
        String[] all = Stream.of(command, more).flatMap(Arrays::stream).toArray(String[]::new);
        return execute(all);
    }

    private int execute(String... args) {
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
