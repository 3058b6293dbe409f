package dev.ganzoo.export;

import dev.ganzoo.export.onnx.OnnxModel;
import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.architecture.Architecture;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.rewrite.Explanation;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.run.Checkpoint;
import dev.ganzoo.zoo.run.Parts;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Makes a model package of a training run: the generator folded and written as ONNX, compared with the trained one, with
 * its card and a preview. Or of the classifier, where a run has one.
 *
 * <pre>{@code
 * ModelPackage model = Exporter.of(Path.of("runs/mine")).name("mine").write(Path.of("mine.zip"));
 * }</pre>
 *
 * <p>By default the latest checkpoint is taken, the moving average of the generator if the run kept one, and weights are
 * stored in float32. Immutable: every option gives a new exporter.
 */
public final class Exporter {
    private final Path run;
    private final Options options;

    /** All that may be said; copied, then changed once, for each new exporter. */
    private static final class Options implements Cloneable {
        private CheckpointChoice checkpoint = CheckpointChoice.LAST;
        private Boolean average;
        private boolean classifier;
        private WeightPrecision precision = WeightPrecision.FP32;
        private Target target;
        private String name;
        private UnaryOperator<CardBuilder> details = UnaryOperator.identity();
        private List<Architecture<?>> architectures = List.of();

        private Options copy() {
            try {
                return (Options) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private Exporter(Path run, Options options) {
        this.run = run;
        this.options = options;
    }

    /** An exporter of the run in this folder; nothing is read yet. */
    public static Exporter of(Path run) {
        return new Exporter(Objects.requireNonNull(run, "run"), new Options());
    }

    private Exporter with(Consumer<Options> change) {
        Options changed = options.copy();
        change.accept(changed);
        return new Exporter(run, changed);
    }

    /** The checkpoint after this many steps, in place of the latest. */
    public Exporter checkpoint(long steps) {
        return checkpoint(CheckpointChoice.step(steps));
    }

    /** A checkpoint, in place of the latest: that which was the best, for example. */
    public Exporter checkpoint(CheckpointChoice choice) {
        return with(o -> o.checkpoint = Objects.requireNonNull(choice, "choice"));
    }

    /** Whether to take the moving average of the network or the network itself. */
    public Exporter movingAverage(boolean take) {
        return with(o -> o.average = take);
    }

    /**
     * The classifier in place of the generator: the discriminator where that tells classes, as those of {@code
     * acgan-wgan-gp} and {@code sgan} do. Its probabilities are those of each class given that an image is real. Of a run
     * that trained a classifier alone, that is what is exported anyway.
     */
    public Exporter classifier() {
        return with(o -> o.classifier = true);
    }

    /** How weights are stored. */
    public Exporter weights(WeightPrecision stored) {
        return with(o -> o.precision = Objects.requireNonNull(stored, "stored"));
    }

    /**
     * For which devices the network is rewritten; it runs, and says the same, on all. If not said, {@link Target#CPU} for a
     * generator, and {@link Target#GPU} for a classifier, whose gradient is slower in the other form on CPUs too.
     */
    public Exporter target(Target devices) {
        return with(o -> o.target = Objects.requireNonNull(devices, "target"));
    }

    /** The model's name, in place of the package's file name: lower-case letters, digits, dots, hyphens, underscores. */
    public Exporter name(String newName) {
        return with(o -> o.name = Objects.requireNonNull(newName, "name"));
    }

    /** What else the card shall say: {@code exporter.card(card -> card.title("Small things").licence("CC0-1.0"))}. */
    public Exporter card(UnaryOperator<CardBuilder> moreDetails) {
        UnaryOperator<CardBuilder> earlier = options.details;
        return with(o -> o.details = card -> moreDetails.apply(earlier.apply(card)));
    }

    /** Architectures that runs may have besides those of GanZoo. */
    public Exporter architectures(List<Architecture<?>> others) {
        return with(o -> o.architectures = List.copyOf(others));
    }

    /**
     * Writes the package, whole or not at all.
     *
     * @param target a zip file if its name ends with {@code .zip}, else a folder; must not exist
     * @return the package, as it can be read back
     * @throws ParityException if the exported network does not make the images or logits that the trained one made
     * @throws IllegalArgumentException if the folder holds no run, or not what was asked for
     * @throws FileAlreadyExistsException if the target exists
     * @throws IOException if a file of the run is missing, cut short or altered, or the package cannot be written
     */
    public ModelPackage write(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "a model package is not replaced");
        }
        TrainedRun trained = TrainedRun.open(run, options.architectures);
        Checkpoint checkpoint = trained.checkpoint(options.checkpoint);
        String name = Names.ofModel(options.name, target);
        Optional<TrainedClassifier> classifier = classifier(trained, checkpoint);
        if (classifier.isPresent()) {
            return classifier
                    .get()
                    .packaged(name, options.details, options.precision, targetOfClassifier())
                    .write(target);
        }
        Graph generator = trained.networks().generator();
        boolean averaged = averaged(generator, checkpoint);
        CardBuilder card = Cards.begin(name, trained, checkpoint, averaged, generator);
        OnnxModel model = OnnxModel.of(
                        Rewriter.with(targetOfGenerator().rules()).rewrite(bind(trained, generator, checkpoint)))
                .metadata("recipe", trained.recipeName())
                .metadata("step", Long.toString(checkpoint.step()))
                .metadata("ema", Boolean.toString(averaged));
        return write(target, options.details.apply(card), model, Golden.read(checkpoint, averaged, generator));
    }

    /**
     * What each rule does to the network that {@link #write} writes; nothing is written.
     *
     * @throws IllegalArgumentException as {@link #write}
     * @throws IOException as {@link #write}
     */
    public Explanation explain() throws IOException {
        TrainedRun trained = TrainedRun.open(run, options.architectures);
        Checkpoint checkpoint = trained.checkpoint(options.checkpoint);
        Optional<TrainedClassifier> classifier = classifier(trained, checkpoint);
        return classifier.isPresent()
                ? Explanation.of(
                        classifier.get().network(), targetOfClassifier().rules())
                : Explanation.of(
                        bind(trained, trained.networks().generator(), checkpoint),
                        targetOfGenerator().rules());
    }

    private Target targetOfGenerator() {
        return Objects.requireNonNullElse(options.target, Target.CPU);
    }

    private Target targetOfClassifier() {
        return Objects.requireNonNullElse(options.target, Target.GPU);
    }

    /** What is exported, if that is a classifier. */
    private Optional<TrainedClassifier> classifier(TrainedRun trained, Checkpoint checkpoint) throws IOException {
        if (trained.networks().hasClassifier()) {
            boolean averaged = averaged(trained.networks().classifier(), checkpoint);
            return Optional.of(TrainedClassifier.of(trained, checkpoint, averaged));
        }
        if (!options.classifier) {
            return Optional.empty();
        }
        if (options.average != null && options.average) {
            throw new IllegalArgumentException(
                    "%s keeps no moving average of the discriminator; export the network itself"
                            .formatted(checkpoint.folder()));
        }
        return Optional.of(TrainedClassifier.ofDiscriminator(trained, checkpoint));
    }

    /** Halves are judged twice: by the tolerance of folding while they are floats still, and by that of their rounding. */
    private ModelPackage write(Path target, CardBuilder card, OnnxModel model, Golden golden) throws IOException {
        Candidate candidate = Candidate.judge(card, model, WeightPrecision.FP32, golden);
        if (options.precision != WeightPrecision.FP32) {
            candidate = Candidate.judge(card, model, options.precision, golden);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ModelPackage.GENERATOR, candidate.network());
        files.put(ModelPackage.PREVIEW, candidate.preview());
        return ModelPackage.write(target, candidate.card(), files);
    }

    private boolean averaged(Graph network, Checkpoint checkpoint) {
        boolean kept = checkpoint.has(Parts.averageOf(network.name()));
        if (options.average != null && options.average && !kept) {
            throw new IllegalArgumentException(
                    "%s keeps no moving average; export the network itself".formatted(checkpoint.folder()));
        }
        return options.average == null ? kept : options.average;
    }

    private Graph bind(TrainedRun trained, Graph generator, Checkpoint checkpoint) throws IOException {
        String name = generator.name();
        return trained.bind(generator, checkpoint, averaged(generator, checkpoint) ? Parts.averageOf(name) : name);
    }
}
