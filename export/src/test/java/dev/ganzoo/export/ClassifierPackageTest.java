package dev.ganzoo.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Model;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.classifier.Evaluation;
import dev.ganzoo.zoo.classifier.Objective;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import dev.ganzoo.zoo.visualize.Layer;
import dev.ganzoo.zoo.visualize.LayerEvaluation;
import dev.ganzoo.zoo.visualize.LayerNetwork;
import dev.ganzoo.zoo.visualize.LayerObjective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class ClassifierPackageTest {
    @TempDir
    private static Path folder;

    private static Classifier tiny;

    @BeforeAll
    static void write() throws IOException {
        ClassifierPackage.Written written = TinyClassifiers.packaged(WeightPrecision.FP32)
                .write(folder.resolve("tiny-classifier.zip"), TinyClassifiers.original());
        assertThat(written.withoutGradient()).isEmpty();
        tiny = Zoo.on(Device.cpu()).batch(4).classifier(folder.resolve("tiny-classifier.zip"));
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @Test
    void pixelsAreNormalisedInside() {
        Tensor pixels = TinyClassifiers.noise(7, 3, 8, 8);

        Tensor expected = TinyClassifiers.logits(TinyClassifiers.NORMALIZATION.apply(pixels));

        assertClose(tiny.logits(pixels), expected, 1e-4);
        assertThat(tiny.card().image().range()).containsExactly(0.0, 1.0);
    }

    @Test
    void theGradientOfEveryObjectiveIsThatOfItsDefinition() {
        Tensor pixels = TinyClassifiers.noise(5, 3, 8, 8);
        int[] labels = {0, 1, 2, 3, 4};
        int[] targets = {4, 0, 1, 1, 2};
        List<Objective> objectives = List.of(
                Objective.crossEntropy(5, labels),
                Objective.margin(5, labels).negated(),
                Objective.dlr(5, labels),
                Objective.targetedDlr(5, labels, targets),
                Objective.logit(5, targets));
        for (Objective objective : objectives) {
            Evaluation evaluation = tiny.network().gradient(pixels, objective);

            assertClose(evaluation.logits(), tiny.logits(pixels), 1e-4);
            double[] values = objective.values(evaluation.logits());
            for (int n = 0; n < values.length; n++) {
                assertThat((double) evaluation.objective().data()[n]).isCloseTo(values[n], within(1e-3));
            }
            assertSlope(
                    pixels,
                    evaluation.gradient(),
                    images -> objective.values(TinyClassifiers.logits(TinyClassifiers.NORMALIZATION.apply(images))));
        }
    }

    @Test
    void layersAnswerWhatTheyAreAsked() {
        assertThat(tiny.layers())
                .containsExactly(new Layer("conv1", 6, 8, 8), new Layer("conv2", 8, 4, 4), new Layer("fc", 5));
        LayerNetwork layer = tiny.layer("conv2");
        Tensor pixels = TinyClassifiers.noise(2, 3, 8, 8);
        LayerObjective objective = new LayerObjective(
                TinyClassifiers.noise(2, 8, 4, 4), TinyClassifiers.noise(2, 8), TinyClassifiers.noise(2, 8));

        LayerEvaluation evaluation = layer.gradient(pixels, objective);

        assertSlope(pixels, evaluation.gradient(), images -> {
            float[] values = layer.gradient(images, objective).values().data();
            return new double[] {values[0], values[1]};
        });
        assertThatThrownBy(() -> tiny.layer("conv3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown layer \"conv3\"; did you mean \"conv1\"? (known: conv1, conv2, fc)");
    }

    @Test
    void theGradientOfAnImageIsTheSameInAnyBatch() {
        Tensor pixels = TinyClassifiers.noise(5, 3, 8, 8);
        Objective objective = Objective.crossEntropy(5, 0, 1, 2, 3, 4);

        Tensor together = tiny.network().gradient(pixels, objective).gradient();
        Tensor alone = tiny.network()
                .gradient(rows(pixels, 3, 1), Objective.crossEntropy(5, 3))
                .gradient();

        assertClose(alone, rows(together, 3, 1), 1e-6);
    }

    @Test
    void halvesAreShared() throws IOException {
        Path half = folder.resolve("half");
        TinyClassifiers.packaged(WeightPrecision.FP16).write(half, TinyClassifiers.original());
        try (Model model = Zoo.on(Device.cpu()).load(half)) {
            Tensor pixels = TinyClassifiers.noise(3, 3, 8, 8);
            assertClose(model.logits(pixels), tiny.logits(pixels), 0.05);
            assertThat(model.card().precision()).isEqualTo("fp16");
        }
    }

    @Test
    void aClassifierSamplesNothing() {
        Model model = tiny;
        assertThatThrownBy(() -> model.sample(1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("model \"tiny-classifier\" is a classifier: it makes no images; sample a generator");
    }

    @Test
    void withoutAGradientRuleOnlyPredictionsAreThere() throws IOException {
        Node x = Node.input("x", Shape.of(Shape.N, 3, 8, 8));
        Op.MaxPool2d pool = new Op.MaxPool2d(Extent.square(8));
        Node odd = Node.apply(new Op.MaxPool2dGradient(pool), x.maxPool(1), x.maxPool(8))
                .named("odd");
        Graph graph = Graph.of("odd", "logits", odd.max(2, 3));
        ClassifierPackage odds = new ClassifierPackage(
                TinyClassifiers.card().labels(List.of("a", "b", "c")),
                graph,
                Normalization.NONE,
                null,
                WeightPrecision.FP32,
                Target.CPU,
                Map.of(),
                true);
        Tensor pixels = TinyClassifiers.noise(4, 3, 8, 8);

        ClassifierPackage.Written written = odds.write(
                folder.resolve("odd"), new ClassifierPackage.Original(pixels, TinyClassifiers.logits(graph, pixels)));

        assertThat(written.withoutGradient()).containsExactly("odd (maxPool2dGradient) in its input 1");
        assertThat(written.model().card().files()).doesNotContainKey(ModelPackage.GRADIENT);
        try (Classifier classifier = Zoo.on(Device.cpu()).classifier(folder.resolve("odd"))) {
            assertThat(classifier.network().differentiable()).isFalse();
            assertThatThrownBy(() -> classifier
                            .network()
                            .gradient(TinyClassifiers.noise(1, 3, 8, 8), Objective.crossEntropy(3, 0)))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("model \"tiny-classifier\" has no gradient; only score-based attacks work on it");
        }
    }

    @Test
    void aNetworkThatGivesOtherLogitsIsRefused() {
        assertThatThrownBy(() -> TinyClassifiers.packaged(WeightPrecision.FP32)
                        .write(
                                folder.resolve("wrong"),
                                new ClassifierPackage.Original(
                                        TinyClassifiers.noise(8, 3, 8, 8),
                                        TinyClassifiers.logits(TinyClassifiers.noise(8, 3, 8, 8)))))
                .isInstanceOf(ParityException.class)
                .hasMessageStartingWith(
                        "the exported classifier (fp32) must repeat the original's outputs within 1.0E-4 of the largest, got ");
        assertThat(folder.resolve("wrong")).doesNotExist();
    }

    /** Compares a gradient with central differences along a few pixels of each image. */
    private static void assertSlope(Tensor images, Tensor gradient, Function<Tensor, double[]> values) {
        int width = images.size() / images.shape()[0];
        float step = 2e-3f;
        for (int i = 0; i < images.size(); i += 37) {
            double up = values.apply(moved(images, i, step))[i / width];
            double down = values.apply(moved(images, i, -step))[i / width];
            double slope = (up - down) / (2 * step);
            assertThat((double) gradient.data()[i]).isCloseTo(slope, within(2e-2 * Math.max(0.5, Math.abs(slope))));
        }
    }

    private static Tensor moved(Tensor images, int index, float step) {
        float[] values = images.data().clone();
        values[index] += step;
        return Tensor.of(values, images.shape());
    }

    private static Tensor rows(Tensor tensor, int from, int count) {
        int width = tensor.size() / tensor.shape()[0];
        int[] shape = tensor.shape().clone();
        shape[0] = count;
        return Tensor.of(Arrays.copyOfRange(tensor.data(), from * width, (from + count) * width), shape);
    }

    private static void assertClose(Tensor found, Tensor expected, double tolerance) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.data()[i]).isCloseTo(expected.data()[i], within((float) tolerance));
        }
    }
}
