package dev.ganzoo.export;

import dev.ganzoo.export.onnx.Ending;
import dev.ganzoo.export.onnx.OnnxModel;
import dev.ganzoo.export.onnx.SharedConstants;
import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.Classifier;
import dev.ganzoo.zoo.Zoo;
import dev.ganzoo.zoo.classifier.ClassifierGraphs;
import dev.ganzoo.zoo.files.TemporaryFolder;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.Node;
import dev.ganzoo.zoo.graph.gradient.NoGradientException;
import dev.ganzoo.zoo.graph.gradient.NormParts;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.graph.rewrite.Rule;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.runtime.Device;
import dev.ganzoo.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A classifier on its way into a model package: its network on pixels in [0, 1], its gradient, the gradients of its layers,
 * and one file of weights for all of them.
 *
 * @param card what is known about it, without files
 * @param network of one image input in its own units and one output, the logits; all weights are constants
 * @param normalization from pixels to these units
 * @param layers to be visualised, by their names in the network; null for all convolutions and fully connected layers
 * @param precision how weights are stored
 * @param target the devices for which networks are rewritten
 * @param files more to be put into the package, by name
 * @param previewed whether a preview shows what each class looks like to it, which takes hundreds of passes
 */
record ClassifierPackage(
        CardBuilder card,
        Graph network,
        Normalization normalization,
        List<String> layers,
        WeightPrecision precision,
        Target target,
        Map<String, byte[]> files,
        boolean previewed) {

    private static final double FLOAT_TOLERANCE = 1e-4;
    private static final double HALF_TOLERANCE = 0.03;

    /**
     * What the original network made of some images.
     *
     * @param pixels (N, C, H, W) in [0, 1]
     * @param outputs (N, K)
     * @param ending what the original does with logits before they come out
     */
    record Original(Tensor pixels, Tensor outputs, Ending ending) {
        Original(Tensor pixels, Tensor logits) {
            this(pixels, logits, Ending.NONE);
        }
    }

    /** A package, and why it offers no gradient where it does not. */
    record Written(ModelPackage model, List<String> withoutGradient) {}

    /**
     * Writes the package, whole or not at all.
     *
     * @throws ParityException if the exported network does not give the logits of the original
     */
    Written write(Path place, Original original) throws IOException {
        if (Files.exists(place)) {
            throw new FileAlreadyExistsException(place.toString(), null, "a model package is not replaced");
        }
        Graph pixels = normalization.before(network, ClassifierGraphs.IMAGES);
        Map<String, OnnxModel> models = new LinkedHashMap<>();
        Graph folded = rewritten(pixels);
        models.put(ModelPackage.CLASSIFIER, OnnxModel.of(renamed(folded)).weights(precision));
        List<String> without = new ArrayList<>();
        List<ModelCard.Layer> visible = new ArrayList<>();
        try {
            models.put(ModelPackage.GRADIENT, simplified(ClassifierGraphs.gradient(folded)));
            for (Node layer : VisibleLayers.of(pixels, layers)) {
                String file = "layer-%d.onnx".formatted(visible.size());
                models.put(file, simplified(ClassifierGraphs.layer(pixels, layer)));
                visible.add(VisibleLayers.describe(pixels, layer, file));
            }
        } catch (NoGradientException e) {
            without.addAll(e.places());
            models.keySet().removeIf(file -> !file.equals(ModelPackage.CLASSIFIER));
            visible.clear();
        }
        card.layers(visible);
        return new Written(write(place, models, original), List.copyOf(without));
    }

    private ModelPackage write(Path place, Map<String, OnnxModel> models, Original original) throws IOException {
        SharedConstants shared = new SharedConstants(ModelPackage.WEIGHTS);
        Map<String, byte[]> contents = new LinkedHashMap<>(OnnxModel.bytes(models, shared));
        contents.put(ModelPackage.WEIGHTS, shared.bytes());
        contents.putAll(files);
        card.precision(precision.name().toLowerCase(Locale.ROOT));
        ModelCard draft =
                card.parity(0, tolerance(), original.pixels().shape()[0]).build();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path drafted = folder.path().resolve(draft.name());
            ModelPackage.write(drafted, draft, contents);
            try (Classifier classifier = Zoo.on(Device.cpu()).classifier(drafted)) {
                ModelCard judged = judge(classifier, original);
                if (previewed && models.containsKey(ModelPackage.GRADIENT)) {
                    contents.put(ModelPackage.PREVIEW, Preview.png(classifier));
                }
                return ModelPackage.write(place, judged, contents);
            }
        }
    }

    private static Graph renamed(Graph graph) {
        return Graph.of(graph.name(), ClassifierGraphs.LOGITS, graph.output());
    }

    private OnnxModel simplified(Graph gradient) {
        List<Rule> rules = new ArrayList<>(List.of(NormParts.writtenOut()));
        rules.addAll(target.rules());
        return OnnxModel.of(Rewriter.with(rules).rewrite(gradient)).weights(precision);
    }

    private Graph rewritten(Graph graph) {
        return Rewriter.with(target.rules()).rewrite(graph);
    }

    private double tolerance() {
        return precision == WeightPrecision.FP16 ? HALF_TOLERANCE : FLOAT_TOLERANCE;
    }

    private ModelCard judge(Classifier classifier, Original original) {
        Tensor found = original.ending().apply(classifier.logits(original.pixels()));
        double error = relativeError(found, original.outputs());
        // Not error > tolerance, which NaN would pass.
        if (!(error <= tolerance())) {
            throw new ParityException(
                    "the exported classifier (%s) must repeat the original's outputs within %s of the largest, got %s"
                            .formatted(classifier.card().precision(), tolerance(), error));
        }
        return card.parity(error, tolerance(), original.pixels().shape()[0]).build();
    }

    /** The largest difference, as a part of the largest value (of at least 1). */
    private static double relativeError(Tensor found, Tensor expected) {
        if (found.size() != expected.size()) {
            throw new ParityException("the exported classifier must give as many numbers as the original, %d, got %d"
                    .formatted(expected.size(), found.size()));
        }
        double largest = 1;
        double error = 0;
        for (int i = 0; i < found.size(); i++) {
            largest = Math.max(largest, Math.abs(expected.data()[i]));
            double difference = Math.abs((double) found.data()[i] - expected.data()[i]);
            error = Double.isNaN(difference) ? difference : Math.max(error, difference);
        }
        return error / largest;
    }
}
