package dev.ganzoo.export;

import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.graph.Extent;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Init;
import dev.ganzoo.zoo.graph.Mode;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.Op;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.reference.DoubleTensor;
import dev.ganzoo.zoo.graph.reference.ReferenceEvaluator;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.random.Randomness;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A classifier of 8×8 colour images into five classes, small enough for central differences. Its weights are random. */
final class TinyClassifiers {
    static final List<String> LABELS = List.of("red", "green", "blue", "dark", "bright");
    static final Normalization NORMALIZATION = new Normalization(1, List.of(0.5, 0.4, 0.3), List.of(0.25, 0.3, 0.2));

    private TinyClassifiers() {}

    /** Convolution, batch norm, relu, max pool, convolution, leaky relu, mean, linear. */
    static Graph graph() {
        Extent one = Extent.square(1);
        Op conv = new Op.Conv2d(one, one, one, 1);
        Node x = Node.input("x", Shape.of(Shape.N, 3, 8, 8));
        Node first = Node.apply(conv, x, random(1, 6, 3, 3, 3)).named("conv1");
        Node normal = Node.apply(
                        new Op.BatchNorm(1e-5, 0.1),
                        first,
                        random(2, 6),
                        random(3, 6),
                        random(4, 6),
                        Node.constant(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 6)))
                .named("bn1");
        Node pooled = normal.relu().named("relu1").maxPool(2).named("pool1");
        Node second =
                Node.apply(conv, pooled, random(5, 8, 6, 3, 3), random(6, 8)).named("conv2");
        Node features = second.leakyRelu(0.1).mean(2, 3);
        Node logits = Node.apply(new Op.Linear(), features, random(7, 5, 8), random(8, 5))
                .named("fc");
        return Graph.of("tiny", "logits", logits);
    }

    static ClassifierPackage packaged(WeightPrecision precision) {
        return new ClassifierPackage(card(), graph(), NORMALIZATION, null, precision, Target.CPU, Map.of(), false);
    }

    static CardBuilder card() {
        return ModelCard.classifier("tiny-classifier")
                .dataset("noise")
                .labels(LABELS)
                .image(3, 8, 8)
                .provenance(new ModelCard.Provenance("none", Map.of(), 0, false, null, "", ""));
    }

    /** What the network makes of eight images of noise. */
    static ClassifierPackage.Original original() {
        Tensor pixels = noise(8, 3, 8, 8);
        return new ClassifierPackage.Original(pixels, logits(NORMALIZATION.apply(pixels)));
    }

    static Tensor noise(int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        var random = Randomness.of(11).at(0);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = random.nextFloat();
        }
        return tensor;
    }

    /** The logits by the reference reading, of images in the network's own units. */
    static Tensor logits(Tensor images) {
        return logits(graph(), images);
    }

    static Tensor logits(Graph graph, Tensor images) {
        return ReferenceEvaluator.evaluate(graph, Mode.EVALUATION, Map.of("x", DoubleTensor.of(images)), Map.of())
                .output()
                .toTensor();
    }

    private static Node random(int seed, int... shape) {
        return Node.constant(
                Init.normal(0, 0.5).sample(shape, Randomness.of(seed).at(0)));
    }

    /** Writes the package that other modules' tests use: {@code tiny-classifier.zip}. */
    public static void main(String[] arguments) throws IOException {
        packaged(WeightPrecision.FP32).write(Path.of(arguments[0]), original());
    }
}
