package dev.ganzoo.export;

import dev.ganzoo.export.onnx.ImportedModel;
import dev.ganzoo.export.onnx.OnnxReader;
import dev.ganzoo.export.onnx.ReadOptions;
import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.files.Sha256;
import dev.ganzoo.zoo.graph.Shape;
import dev.ganzoo.zoo.graph.rewrite.Explanation;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelCard;
import dev.ganzoo.zoo.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Makes a model package of any ONNX classifier: normalisation inside, so that pixels are always in [0, 1]; with gradients,
 * unless some operation has none; compared with the original file in ONNX Runtime.
 *
 * <pre>{@code
 * ClassifierImport.of(Path.of("resnet20.onnx"))
 *         .labels(List.of("airplane", …))
 *         .normalization(new Normalization(1, List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010)))
 *         .write(Path.of("resnet20.zip"));
 * }</pre>
 *
 * <p>Immutable: every option gives a new import.
 */
public final class ClassifierImport {
    private final Path file;
    private final Options options;

    /** All that may be said; copied, then changed once, for each new import. */
    private static final class Options implements Cloneable {
        private ReadOptions reading = ReadOptions.defaults();
        private List<String> labels = List.of();
        private Normalization normalization = Normalization.NONE;
        private List<String> layers;
        private WeightPrecision precision = WeightPrecision.FP32;
        private Target target = Target.GPU;
        private String name;
        private UnaryOperator<CardBuilder> details = UnaryOperator.identity();

        private Options copy() {
            try {
                return (Options) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private ClassifierImport(Path file, Options options) {
        this.file = file;
        this.options = options;
    }

    /**
     * What was written.
     *
     * @param model the package, as it can be read back
     * @param source how the file was read
     * @param notes what the user should know, one sentence each
     * @param withoutGradient operations that have no gradient; if there are any, the package offers only score-based attacks
     */
    public record Imported(
            ModelPackage model, ImportedModel source, List<String> notes, List<String> withoutGradient) {}

    /** An import of this file; nothing is read yet. Without labels, classes are called by their numbers. */
    public static ClassifierImport of(Path file) {
        return new ClassifierImport(Objects.requireNonNull(file, "file"), new Options());
    }

    private ClassifierImport with(Consumer<Options> change) {
        Options changed = options.copy();
        change.accept(changed);
        return new ClassifierImport(file, changed);
    }

    /** How the file is to be understood where it leaves something open. */
    public ClassifierImport reading(ReadOptions reading) {
        return with(o -> o.reading = Objects.requireNonNull(reading, "reading"));
    }

    /** Names of the classes, in the order of the network. */
    public ClassifierImport labels(List<String> labels) {
        return with(o -> o.labels = List.copyOf(labels));
    }

    /** From pixels in [0, 1] to what the network takes; {@link Normalization#NONE} if not said. */
    public ClassifierImport normalization(Normalization normalization) {
        return with(o -> o.normalization = Objects.requireNonNull(normalization, "normalization"));
    }

    /** The layers to be visualised, by their names in the file; all convolutions and fully connected ones if not said. */
    public ClassifierImport layers(List<String> layers) {
        return with(o -> o.layers = List.copyOf(layers));
    }

    /** How weights are stored; {@link WeightPrecision#FP32} if not said. */
    public ClassifierImport weights(WeightPrecision precision) {
        return with(o -> o.precision = Objects.requireNonNull(precision, "precision"));
    }

    /**
     * For which devices the networks are rewritten; {@link Target#GPU} if not said, which is good everywhere, while
     * {@link Target#CPU} may be faster on CPUs.
     */
    public ClassifierImport target(Target target) {
        return with(o -> o.target = Objects.requireNonNull(target, "target"));
    }

    /** The model's name, in place of the package's file name. */
    public ClassifierImport name(String name) {
        return with(o -> o.name = Objects.requireNonNull(name, "name"));
    }

    /** What else the card shall say. */
    public ClassifierImport card(UnaryOperator<CardBuilder> more) {
        UnaryOperator<CardBuilder> earlier = options.details;
        return with(o -> o.details = card -> more.apply(earlier.apply(card)));
    }

    /**
     * Writes the package, whole or not at all.
     *
     * @param place a zip file if its name ends with {@code .zip}, else a folder; must not exist
     * @throws dev.ganzoo.export.onnx.UnsupportedOnnxException if nodes are not understood; it lists all of them
     * @throws dev.ganzoo.export.onnx.OnnxReadException if the file is no valid model, or an option does not fit it
     * @throws ParityException if the exported network does not give the outputs of the file
     * @throws IllegalArgumentException if labels, normalisation or layers do not fit the network
     * @throws java.nio.file.FileAlreadyExistsException if the place is taken
     */
    public Imported write(Path place) throws IOException {
        ImportedModel source = OnnxReader.read(file, options.reading);
        List<String> notes = new ArrayList<>(source.notes());
        ClassifierPackage writing = new ClassifierPackage(
                card(source, place),
                source.graph(),
                options.normalization,
                options.layers,
                options.precision,
                options.target,
                Map.of(),
                false);
        ClassifierPackage.Written written =
                writing.write(place, OriginalFile.of(file, source, options.reading, options.normalization, notes));
        return new Imported(written.model(), source, List.copyOf(notes), written.withoutGradient());
    }

    /**
     * What each rule does to the network that {@link #write} writes; nothing is written.
     *
     * @throws dev.ganzoo.export.onnx.OnnxReadException as {@link #write}
     */
    public Explanation explain() throws IOException {
        return Explanation.of(OnnxReader.read(file, options.reading).graph(), options.target.rules());
    }

    private CardBuilder card(ImportedModel source, Path place) throws IOException {
        Shape image = source.graph().inputs().get(0).shape();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("file", file.getFileName().toString());
        settings.put("sha256", Sha256.of(file));
        settings.put("producer", source.producer());
        settings.put("opset", source.opset());
        settings.put("output", source.outputName());
        settings.put("scale", options.normalization.scale());
        settings.put("mean", options.normalization.mean());
        settings.put("std", options.normalization.std());
        CardBuilder card = ModelCard.classifier(Names.ofModel(options.name, place))
                .dataset("unknown")
                .licence("LicenseRef-unknown")
                .labels(labels(source.graph().output().shape().extent(1)))
                .image(image.extent(1), image.extent(2), image.extent(3))
                .provenance(new ModelCard.Provenance("imported", settings, 0, false, null, "", ""));
        return options.details.apply(card);
    }

    private List<String> labels(int classes) {
        if (options.labels.isEmpty()) {
            return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        }
        if (options.labels.size() != classes) {
            throw new IllegalArgumentException(
                    "labels must name the %d classes of the network, got %d".formatted(classes, options.labels.size()));
        }
        return options.labels;
    }
}
