package dev.ganzoo.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.classifier.Evaluation;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Safetensors;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The input gradients of imported torchvision classifiers against PyTorch's autograd in float64. */
@Tag("native")
@Tag("slow")
class TorchvisionGradientTest {
    private static final Logger LOG = LoggerFactory.getLogger(TorchvisionGradientTest.class);
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path SCRIPT = Path.of("src/test/python/export_gradients.py");
    private static final Normalization IMAGENET =
            new Normalization(1, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    /** A share of the largest element; below it a sign is rounding. */
    private static final double NEGLIGIBLE = 1e-5;

    @TempDir
    static Path folder;

    @BeforeAll
    static void export() throws Exception {
        assumeThat(new File(PYTHON)).exists();
        assumeThat(run(PYTHON, "-c", "import torch, torchvision"))
                .as("torchvision is there")
                .isZero();
        assertThat(run(PYTHON, "-B", SCRIPT.toString(), folder.toString()))
                .as(() -> "exit code; " + log())
                .isZero();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start()
                .waitFor();
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("log.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void gradientsAreAutogradsWhateverTheBatch(Path file) throws Exception {
        String name = file.getFileName().toString().split("-")[0];
        Safetensors expected = Safetensors.read(folder.resolve(name + ".safetensors"));
        for (Target target : name.matches("resnet18|vgg11_bn") ? Target.values() : new Target[] {Target.GPU}) {
            Path place = folder.resolve(name + "-" + target.name().toLowerCase(Locale.ROOT) + ".zip");
            ClassifierImport.of(file)
                    .normalization(IMAGENET)
                    .layers(List.of())
                    .target(target)
                    .write(place);
            try (Classifier classifier = Zoo.on(Device.cpu()).classifier(place)) {
                compare(name + " for " + target, classifier, expected, 1);
                compare(name + " for " + target, classifier, expected, 3);
            }
            Files.delete(place);
        }
        Files.delete(file);
    }

    private static void compare(String what, Classifier classifier, Safetensors expected, int batch) {
        Tensor labels = first(expected.tensor("labels"), batch);
        Tensor none = Tensor.zeros(labels.shape());
        Tensor losses = Tensor.zeros(batch, Objective.LOSSES);
        for (int n = 0; n < batch; n++) {
            losses.data()[n * Objective.LOSSES] = 1;
        }
        Evaluation actual = classifier
                .network()
                .gradient(first(expected.tensor("images"), batch), new Objective(labels, none, losses, none));

        Tensor gradient = first(expected.tensor("gradient"), batch);
        double logits = relativeError(actual.logits(), first(expected.tensor("logits"), batch));
        double error = relativeError(actual.gradient(), gradient);
        double signs = signAgreement(actual.gradient(), gradient);
        LOG.info("{}, batch {}: logits {}, gradient {}, equal signs {}", what, batch, logits, error, signs);
        assertThat(logits).as("relative error of logits").isLessThanOrEqualTo(1e-4);
        assertThat(error).as("relative error of the gradient").isLessThanOrEqualTo(1e-4);
        assertThat(signs).as("agreement of signs").isGreaterThanOrEqualTo(0.999);
    }

    /** The first {@code count} rows. */
    private static Tensor first(Tensor rows, int count) {
        int[] shape = rows.shape().clone();
        int width = rows.size() / shape[0];
        shape[0] = count;
        return Tensor.of(Arrays.copyOf(rows.data(), count * width), shape);
    }

    /** The largest difference over the largest value. */
    private static double relativeError(Tensor actual, Tensor expected) {
        double difference = 0;
        for (int i = 0; i < expected.size(); i++) {
            double own = Math.abs((double) actual.data()[i] - expected.data()[i]);
            difference = own <= difference ? difference : own;
        }
        return difference / largest(expected);
    }

    private static double signAgreement(Tensor actual, Tensor expected) {
        double least = NEGLIGIBLE * largest(expected);
        int compared = 0;
        int equal = 0;
        for (int i = 0; i < expected.size(); i++) {
            if (Math.abs(expected.data()[i]) > least) {
                compared++;
                equal += Math.signum(actual.data()[i]) == Math.signum(expected.data()[i]) ? 1 : 0;
            }
        }
        assertThat(compared).as("elements that are not negligible").isGreaterThan(expected.size() / 2);
        return (double) equal / compared;
    }

    private static double largest(Tensor values) {
        double largest = 0;
        for (float value : values.data()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
