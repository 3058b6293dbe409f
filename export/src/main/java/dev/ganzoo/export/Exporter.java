package dev.ganzoo.export;

import dev.ganzoo.export.onnx.OnnxModel;
import dev.ganzoo.export.onnx.WeightPrecision;
import dev.ganzoo.zoo.architecture.Architecture;
import dev.ganzoo.zoo.graph.Graph;
import dev.ganzoo.zoo.graph.rewrite.Explanation;
import dev.ganzoo.zoo.graph.rewrite.Rewriter;
import dev.ganzoo.zoo.graph.rewrite.Target;
import dev.ganzoo.zoo.graph.rewrite.Weights;
import dev.ganzoo.zoo.model.CardBuilder;
import dev.ganzoo.zoo.model.ModelPackage;
import dev.ganzoo.zoo.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Makes a model package of a training run: the generator folded and written as ONNX, compared with the trained one, with
 * its card and a preview.
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
    private final Long step;
    private final Boolean average;
    private final WeightPrecision precision;
    private final Target target;
    private final String name;
    private final UnaryOperator<CardBuilder> details;
    private final List<Architecture<?>> architectures;

    private Exporter(
            Path run,
            Long step,
            Boolean average,
            WeightPrecision precision,
            Target target,
            String name,
            UnaryOperator<CardBuilder> details,
            List<Architecture<?>> architectures) {
        this.run = run;
        this.step = step;
        this.average = average;
        this.precision = precision;
        this.target = target;
        this.name = name;
        this.details = details;
        this.architectures = architectures;
    }

    /** An exporter of the run in this folder; nothing is read yet. */
    public static Exporter of(Path run) {
        return new Exporter(
                Objects.requireNonNull(run, "run"),
                null,
                null,
                WeightPrecision.FP32,
                Target.CPU,
                null,
                UnaryOperator.identity(),
                List.of());
    }

    /** The checkpoint after this many steps, in place of the latest. */
    public Exporter checkpoint(long steps) {
        return new Exporter(run, steps, average, precision, target, name, details, architectures);
    }

    /** Whether to take the moving average of the generator or the generator itself. */
    public Exporter movingAverage(boolean take) {
        return new Exporter(run, step, take, precision, target, name, details, architectures);
    }

    /** How weights are stored. */
    public Exporter weights(WeightPrecision stored) {
        return new Exporter(
                run, step, average, Objects.requireNonNull(stored, "stored"), target, name, details, architectures);
    }

    /** For which devices the network is rewritten, {@link Target#CPU} if not said; it runs, and says the same, on all. */
    public Exporter target(Target devices) {
        return new Exporter(
                run, step, average, precision, Objects.requireNonNull(devices, "target"), name, details, architectures);
    }

    /** The model's name, in place of the package's file name: lower-case letters, digits, dots, hyphens, underscores. */
    public Exporter name(String newName) {
        return new Exporter(
                run, step, average, precision, target, Objects.requireNonNull(newName, "name"), details, architectures);
    }

    /** What else the card shall say: {@code exporter.card(card -> card.title("Small things").licence("CC0-1.0"))}. */
    public Exporter card(UnaryOperator<CardBuilder> moreDetails) {
        return new Exporter(
                run,
                step,
                average,
                precision,
                target,
                name,
                card -> moreDetails.apply(details.apply(card)),
                architectures);
    }

    /** Architectures that runs may have besides those of GanZoo. */
    public Exporter architectures(List<Architecture<?>> others) {
        return new Exporter(run, step, average, precision, target, name, details, List.copyOf(others));
    }

    /**
     * Writes the package, whole or not at all.
     *
     * @param target a zip file if its name ends with {@code .zip}, else a folder; must not exist
     * @return the package, as it can be read back
     * @throws ParityException if the exported network does not make the images that the trained one made
     * @throws IllegalArgumentException if the folder holds no run, or not what was asked for
     * @throws FileAlreadyExistsException if the target exists
     * @throws IOException if a file of the run is missing, cut short or altered, or the package cannot be written
     */
    public ModelPackage write(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "a model package is not replaced");
        }
        TrainedRun trained = TrainedRun.open(run, architectures);
        TrainedCheckpoint checkpoint = trained.checkpoint(step);
        boolean averaged = averaged(checkpoint);
        if (trained.networks().hasClassifier()) {
            return TrainedClassifier.of(trained, checkpoint, averaged)
                    .packaged(Names.ofModel(name, target), details, precision, this.target)
                    .write(target);
        }
        Graph generator = trained.networks().generator();
        CardBuilder card = Cards.begin(Names.ofModel(name, target), trained, checkpoint, averaged, generator);
        OnnxModel model = OnnxModel.of(Rewriter.with(this.target.rules()).rewrite(bind(generator, checkpoint)))
                .metadata("recipe", trained.recipeName())
                .metadata("step", Long.toString(checkpoint.step()))
                .metadata("ema", Boolean.toString(averaged));
        return write(target, details.apply(card), model, Golden.read(checkpoint, averaged, generator));
    }

    /**
     * What each rule does to the network that {@link #write} writes; nothing is written.
     *
     * @throws IllegalArgumentException as {@link #write}
     * @throws IOException as {@link #write}
     */
    public Explanation explain() throws IOException {
        TrainedRun trained = TrainedRun.open(run, architectures);
        TrainedCheckpoint checkpoint = trained.checkpoint(step);
        Graph bound = trained.networks().hasClassifier()
                ? TrainedClassifier.of(trained, checkpoint, averaged(checkpoint))
                        .network()
                : bind(trained.networks().generator(), checkpoint);
        return Explanation.of(bound, target.rules());
    }

    /** Halves are judged twice: by the tolerance of folding while they are floats still, and by that of their rounding. */
    private ModelPackage write(Path target, CardBuilder card, OnnxModel model, Golden golden) throws IOException {
        Candidate candidate = Candidate.judge(card, model, WeightPrecision.FP32, golden);
        if (precision != WeightPrecision.FP32) {
            candidate = Candidate.judge(card, model, precision, golden);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ModelPackage.GENERATOR, candidate.network());
        files.put(ModelPackage.PREVIEW, candidate.preview());
        return ModelPackage.write(target, candidate.card(), files);
    }

    private boolean averaged(TrainedCheckpoint checkpoint) {
        if (average != null && average && !checkpoint.hasAverage()) {
            throw new IllegalArgumentException(
                    "%s keeps no moving average; export the network itself".formatted(checkpoint.folder()));
        }
        return average == null ? checkpoint.hasAverage() : average;
    }

    private Graph bind(Graph generator, TrainedCheckpoint checkpoint) throws IOException {
        String file = averaged(checkpoint) ? TrainedCheckpoint.AVERAGED_GENERATOR : TrainedCheckpoint.GENERATOR;
        Safetensors weights = checkpoint.read(file);
        try {
            return Weights.bind(generator, weights.tensors());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s must fit the architecture in recipe.json: %s"
                            .formatted(checkpoint.folder().resolve(file), e.getMessage()),
                    e);
        }
    }
}
